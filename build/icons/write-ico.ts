import type { Picture } from "./render-svg.ts";

const DIRECTORY_BYTES = 6;
const ENTRY_BYTES = 16;
const BITMAP_HEADER_BYTES = 40;

/** The largest picture is a PNG, as Windows expects of this size; smaller ones are bitmaps, which every reader supports. */
export type IcoPictures = { bitmaps: readonly Picture[]; png: { size: 256; data: Buffer } };

/** An icon file of Windows. */
export function writeIco({ bitmaps, png }: IcoPictures): Buffer {
  const pictures = [...bitmaps.map((picture) => ({ size: picture.size, data: writeBitmap(picture) })), png];
  const head = Buffer.alloc(DIRECTORY_BYTES + ENTRY_BYTES * pictures.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(pictures.length, 4);
  let offset = head.length;
  for (const [index, { size, data }] of pictures.entries()) {
    const at = DIRECTORY_BYTES + ENTRY_BYTES * index;
    // One byte, in which 0 means 256.
    head.writeUInt8(size % 256, at);
    head.writeUInt8(size % 256, at + 1);
    head.writeUInt16LE(1, at + 4);
    head.writeUInt16LE(32, at + 6);
    head.writeUInt32LE(data.length, at + 8);
    head.writeUInt32LE(offset, at + 12);
    offset += data.length;
  }
  return Buffer.concat([head, ...pictures.map(({ data }) => data)]);
}

/** A bitmap of 32 bits in the form that icons use: rows from the bottom, blue first, then a mask of one bit per pixel. */
function writeBitmap({ size, rgba }: Picture): Buffer {
  const maskRowBytes = Math.ceil(size / 32) * 4;
  const bitmap = Buffer.alloc(BITMAP_HEADER_BYTES + size * size * 4 + maskRowBytes * size);
  bitmap.writeUInt32LE(BITMAP_HEADER_BYTES, 0);
  bitmap.writeInt32LE(size, 4);
  // Both halves, colours and mask.
  bitmap.writeInt32LE(size * 2, 8);
  bitmap.writeUInt16LE(1, 12);
  bitmap.writeUInt16LE(32, 14);
  bitmap.writeUInt32LE(size * size * 4, 20);
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      const pixel = rgba.readUInt32BE((y * size + x) * 4);
      const alpha = pixel & 0xff;
      const row = size - 1 - y;
      const at = BITMAP_HEADER_BYTES + (row * size + x) * 4;
      bitmap.writeUInt32LE(((alpha << 24) | (pixel >>> 8)) >>> 0, at);
      if (alpha === 0) {
        const bit = BITMAP_HEADER_BYTES + size * size * 4 + row * maskRowBytes + (x >> 3);
        bitmap.writeUInt8(bitmap.readUInt8(bit) | (0x80 >> (x & 7)), bit);
      }
    }
  }
  return bitmap;
}
