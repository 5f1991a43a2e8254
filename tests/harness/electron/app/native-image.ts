import { readFileSync } from "node:fs";
import path from "node:path";
import type { NativeImage as Whole } from "electron";
import { asComplete } from "../compatible-types.ts";
import type { ImageRecord } from "../app-protocol.ts";

const PNG_START = Buffer.from("89504e470d0a1a0a", "hex");
const SCALE_SUFFIX = /@(\d(?:\.\d+)?)x\.png$/;
const kept = new WeakMap<object, ImageRecord>();

/** The content of an image, as reported to the test. Fails for an image that Electron could not show. */
export function describeImage(image: Whole | string): { image: ImageRecord; isTemplate: boolean } {
  const whole = typeof image === "string" ? createFromPath(image) : image;
  const parts = kept.get(whole);
  if (parts === undefined) throw new TypeError("not an image of nativeImage");
  return { image: parts, isTemplate: whole.isTemplateImage() };
}

function makeImage(parts: ImageRecord): Whole {
  let isTemplate = false;
  const nearest = (scaleFactor = 1) =>
    parts.find((part) => part.scaleFactor === scaleFactor) ??
    parts.at(0) ?? { scaleFactor: 1, png: PNG_START };
  const image = asComplete<Whole>({
    isEmpty: () => parts.length === 0,
    getScaleFactors: () => parts.map(({ scaleFactor }) => scaleFactor),
    getSize(scaleFactor) {
      if (parts.length === 0) return { width: 0, height: 0 };
      const part = nearest(scaleFactor);
      const png = Buffer.from(part.png);
      return {
        width: png.readUInt32BE(16) / part.scaleFactor,
        height: png.readUInt32BE(20) / part.scaleFactor,
      };
    },
    addRepresentation({ scaleFactor = 1, buffer, dataURL }) {
      const png = buffer ?? Buffer.from(dataURL?.split(",")[1] ?? "", "base64");
      parts.push({ scaleFactor, png: checkPng(png) });
    },
    toPNG: (options) => Buffer.from(nearest(options?.scaleFactor).png),
    toDataURL: (options) =>
      `data:image/png;base64,${Buffer.from(nearest(options?.scaleFactor).png).toString("base64")}`,
    isTemplateImage: () => isTemplate,
    setTemplateImage: (option) => {
      isTemplate = option;
    },
  });
  kept.set(image, parts);
  return image;
}

// Electron returns an empty image for a file it cannot read, which makes a tray invisible, so the stand-in throws.
function checkPng(bytes: Buffer): Buffer {
  if (!bytes.subarray(0, 8).equals(PNG_START)) throw new TypeError("not a PNG");
  return bytes;
}

function createFromPath(file: string): Whole {
  const own = Number(SCALE_SUFFIX.exec(file)?.[1] ?? 1);
  const parts: ImageRecord = [{ scaleFactor: own, png: checkPng(readFileSync(file)) }];
  const { dir, name } = path.parse(file);
  for (const scaleFactor of own === 1 ? [1.25, 1.5, 2, 3] : []) {
    const beside = path.join(dir, `${name}@${scaleFactor}x.png`);
    const png = readIfThere(beside);
    if (png !== null) parts.push({ scaleFactor, png: checkPng(png) });
  }
  const image = makeImage(parts);
  // As on macOS: a name that ends in "Template" makes a template image.
  image.setTemplateImage(/Template(@\d(\.\d+)?x)?$/.test(name));
  return image;
}

function readIfThere(file: string): Buffer | null {
  try {
    return readFileSync(file);
  } catch {
    // Most images exist in only a few of the sizes.
    return null;
  }
}

export const nativeImage = {
  createEmpty: () => makeImage([]),
  createFromPath,
  createFromBuffer: (buffer: Buffer, options?: { scaleFactor?: number }) =>
    makeImage([{ scaleFactor: options?.scaleFactor ?? 1, png: checkPng(buffer) }]),
  createFromDataURL: (dataURL: string) =>
    makeImage([{ scaleFactor: 1, png: checkPng(Buffer.from(dataURL.split(",")[1] ?? "", "base64")) }]),
};
