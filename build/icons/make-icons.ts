import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import {
  APP_PNG_NAME,
  TRAY_ICO_SIZES,
  TRAY_ICON_STATES,
  TRAY_PANELS,
  TRAY_PNG_SIZES,
  TRAY_TEMPLATE_SIZE,
  trayIcoName,
  trayPngName,
  trayTemplateName,
} from "@muster/shared/design/tray-icons.ts";
import { drawAppIcon, drawMacAppIcon } from "./draw-app-icon.ts";
import { drawTrayIcon, drawTrayTemplate } from "./draw-tray-icon.ts";
import { doubled } from "./icon-names.ts";
import { renderPicture, renderPng } from "./render-svg.ts";
import { ICNS_SIZES, type IcnsSize, writeIcns } from "./write-icns.ts";
import { writeIco } from "./write-ico.ts";

const APP_PNG_SIZES = [16, 24, 32, 48, 64, 96, 128, 256, 512, 1024] as const;
const NOTIFICATION_SIZE = 256;

/** Paths of the packages' icons for each system; `linux` is a folder of PNGs named by their sizes. */
export type AppIcons = { windows: string; mac: string; linux: string };

/** Draws the icons of the running tray. @param folder `icons` beside the main bundle */
export async function makeTrayIcons(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const put = (name: string, content: Buffer) => writeFile(path.join(folder, name), content);
  for (const state of TRAY_ICON_STATES) {
    for (const panel of TRAY_PANELS) {
      const svg = drawTrayIcon(state, panel);
      for (const size of TRAY_PNG_SIZES)
        await put(trayPngName(state, panel, size), await renderPng(svg, size));
      await put(trayIcoName(state, panel), await renderIco(svg));
    }
    const template = drawTrayTemplate(state);
    const name = trayTemplateName(state);
    await put(name, await renderPng(template, TRAY_TEMPLATE_SIZE));
    await put(doubled(name), await renderPng(template, TRAY_TEMPLATE_SIZE * 2));
  }
  await put(APP_PNG_NAME, await renderPng(drawAppIcon(), NOTIFICATION_SIZE));
}

/** Draws the application's icons. */
export async function makeAppIcons(folder: string): Promise<AppIcons> {
  const icons: AppIcons = {
    windows: path.join(folder, "muster.ico"),
    mac: path.join(folder, "muster.icns"),
    linux: path.join(folder, "linux"),
  };
  await mkdir(icons.linux, { recursive: true });
  for (const size of APP_PNG_SIZES) {
    await writeFile(path.join(icons.linux, `${size}x${size}.png`), await renderPng(drawAppIcon(), size));
  }
  await writeFile(icons.windows, await renderIco(drawAppIcon()));
  const pngs = new Map<IcnsSize, Buffer>();
  for (const size of ICNS_SIZES) pngs.set(size, await renderPng(drawMacAppIcon(), size));
  await writeFile(icons.mac, writeIcns(pngs));
  return icons;
}

async function renderIco(svg: string): Promise<Buffer> {
  const small = TRAY_ICO_SIZES.filter((size) => size < 256);
  const bitmaps = await Promise.all(small.map((size) => renderPicture(svg, size)));
  return writeIco({ bitmaps, png: { size: 256, data: await renderPng(svg, 256) } });
}
