import { readFileSync } from "node:fs";

/** What a display shows: the bytes of its pixels, and how many of them are not as in another picture. */
export type Screenshot = { width: number; height: number; pixels: Buffer };

/** Reads the file that `Xvfb -fbdir` keeps, which is in the format of xwd. */
export function readFramebuffer(path: string): Screenshot {
  const file = readFileSync(path);
  const field = (index: number) => file.readUInt32BE(index * 4);
  const [headerBytes, width, height, lineBytes, colours] = [0, 4, 5, 12, 19].map(field);
  const start = (headerBytes ?? 0) + (colours ?? 0) * 12;
  const pixels = file.subarray(start, start + (lineBytes ?? 0) * (height ?? 0));
  return { width: width ?? 0, height: height ?? 0, pixels };
}

/** How many pixels of 32 bits differ. */
export function changedPixels(before: Screenshot, after: Screenshot): number {
  let changed = 0;
  for (let at = 0; at + 4 <= before.pixels.length; at += 4) {
    if (before.pixels.readUInt32LE(at) !== after.pixels.readUInt32LE(at)) changed += 1;
  }
  return changed;
}
