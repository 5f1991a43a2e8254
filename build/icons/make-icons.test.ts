import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import {
  TRAY_ICO_SIZES,
  TRAY_ICON_STATES,
  TRAY_PANELS,
  TRAY_PNG_SIZES,
  trayIcoName,
  trayPngName,
  trayTemplateName,
} from "@muster/shared/design/tray-icons.ts";
import { COLOURS } from "@muster/shared/design/tokens.ts";
import { Data } from "resedit";
import sharp from "sharp";
import { afterAll, beforeAll, expect, it } from "vitest";
import { drawTrayIcon } from "./draw-tray-icon.ts";
import { doubled, listTrayIconNames } from "./icon-names.ts";
import { type AppIcons, makeAppIcons, makeTrayIcons } from "./make-icons.ts";
import { renderPicture } from "./render-svg.ts";

let folder: string;
let appIcons: AppIcons;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "muster-icons-"));
  await makeTrayIcons(folder);
  appIcons = await makeAppIcons(path.join(folder, "app"));
});

afterAll(() => rm(folder, { recursive: true }));

const read = (name: string) => sharp(path.join(folder, name)).ensureAlpha().raw().toBuffer();

/** How much of each pixel is painted, 0 to 255. */
async function readShape(name: string): Promise<number[]> {
  const pixels = await read(name);
  return Array.from({ length: pixels.length / 4 }, (_, pixel) => pixels.readUInt8(pixel * 4 + 3));
}

it("makes every file that the tray asks for by name", async () => {
  const files = await readdir(folder);
  const named = new Set([
    ...listTrayIconNames("linux"),
    ...listTrayIconNames("windows"),
    ...listTrayIconNames("mac"),
  ]);
  expect(files.filter((file) => file !== "app").toSorted()).toEqual([...named].toSorted());
});

it("distinguishes states by shape at the smallest size, without colour", async () => {
  const shapes = await Promise.all(
    TRAY_ICON_STATES.map((state) => readShape(trayPngName(state, "dark", 16))),
  );
  for (const [index, shape] of shapes.entries()) {
    for (const other of shapes.slice(index + 1)) {
      const differing = shape.filter((painted, pixel) => Math.abs(painted - (other[pixel] ?? 0)) > 128);
      expect(differing.length).toBeGreaterThan(shape.length / 12);
    }
  }
});

it("has a contrast of at least 3 to 1 with its panel", async () => {
  for (const panel of TRAY_PANELS) {
    for (const state of TRAY_ICON_STATES) {
      const { rgba } = await renderPicture(drawTrayIcon(state, panel), 16);
      const painted = [...Array(256).keys()].find((pixel) => rgba.readUInt8(pixel * 4 + 3) === 255) ?? 0;
      const colour = [...rgba.subarray(painted * 4, painted * 4 + 3)];
      const ground = [...Buffer.from(COLOURS[panel].ground.slice(1), "hex")];
      expect(contrast(colour, ground)).toBeGreaterThanOrEqual(3);
    }
  }
});

it("makes black images for macOS whose opacity is the drawing", async () => {
  for (const state of TRAY_ICON_STATES) {
    const name = trayTemplateName(state);
    expect(await sharp(path.join(folder, doubled(name))).metadata()).toMatchObject({ width: 32, height: 32 });
    const pixels = await read(name);
    const painted = pixels.filter((_, byte) => byte % 4 !== 3);
    expect(painted.every((channel) => channel === 0)).toBe(true);
    expect(await readShape(name)).toEqual(await readShape(trayPngName(state, "light", 16)));
  }
});

it("makes one file for Windows with every size and the pixels of the drawing", async () => {
  const file = Data.IconFile.from(await readFile(path.join(folder, trayIcoName("warn", "light"))));
  expect(file.icons.map(({ width }) => (width === 0 ? 256 : width))).toEqual([...TRAY_ICO_SIZES]);
  const smallest = file.icons[0]?.data;
  if (!smallest?.isIcon()) throw new Error("not a bitmap");
  const { rgba } = await renderPicture(drawTrayIcon("warn", "light"), 16);
  expect(fromBitmap(Buffer.from(smallest.pixels), 16)).toEqual(rgba);
  const mask = Buffer.from(smallest.masks);
  expect([...mask.subarray(0, 2)]).toEqual([0xff, 0xff]);
});

it("draws each size for Linux panels at that size", async () => {
  for (const size of TRAY_PNG_SIZES) {
    const { width, height } = await sharp(path.join(folder, trayPngName("paused", "dark", size))).metadata();
    expect([width, height]).toEqual([size, size]);
  }
});

it("makes the application's icon for macOS from parts that add up to the file", async () => {
  const icns = await readFile(appIcons.mac);
  expect(icns.toString("latin1", 0, 4)).toBe("icns");
  expect(icns.readUInt32BE(4)).toBe(icns.length);
  const sizes: [string, number | undefined][] = [];
  for (let at = 8; at < icns.length; at += icns.readUInt32BE(at + 4)) {
    const png = icns.subarray(at + 8, at + icns.readUInt32BE(at + 4));
    sizes.push([icns.toString("latin1", at, at + 4), (await sharp(png).metadata()).width]);
  }
  expect(Object.fromEntries(sizes)).toEqual({
    icp4: 16,
    icp5: 32,
    ic11: 32,
    ic12: 64,
    ic07: 128,
    ic08: 256,
    ic13: 256,
    ic09: 512,
    ic14: 512,
    ic10: 1024,
  });
});

/** Red, green, blue and opacity from the top, of a bitmap that has blue first and its rows from the bottom. */
function fromBitmap(bitmap: Buffer, size: number): Buffer {
  const rows = Array.from({ length: size }, (_, row) =>
    bitmap.subarray(row * size * 4, (row + 1) * size * 4),
  );
  const upright = Buffer.concat(rows.toReversed());
  for (let at = 0; at < upright.length; at += 4) upright.subarray(at, at + 3).reverse();
  return upright;
}

/** The ratio of WCAG 2.2. */
function contrast(one: number[], other: number[]): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(channels: number[]): number {
  const [red = 0, green = 0, blue = 0] = channels.map((channel) => {
    const part = channel / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
