/** Apple's icon types by pixels; `ic11` to `ic14` are for screens with double resolution. */
const ICON_TYPES = {
  16: ["icp4"],
  32: ["icp5", "ic11"],
  64: ["ic12"],
  128: ["ic07"],
  256: ["ic08", "ic13"],
  512: ["ic09", "ic14"],
  1024: ["ic10"],
} as const;
export const ICNS_SIZES = [16, 32, 64, 128, 256, 512, 1024] as const;
export type IcnsSize = (typeof ICNS_SIZES)[number];

const HEADER_BYTES = 8;

/** An icon file of macOS. @param pngs one for each size that the file contains */
export function writeIcns(pngs: ReadonlyMap<IcnsSize, Buffer>): Buffer {
  const parts = [...pngs].flatMap(([size, png]) => ICON_TYPES[size].map((type) => writePart(type, png)));
  return writePart("icns", Buffer.concat(parts));
}

function writePart(name: string, content: Buffer): Buffer {
  const head = Buffer.alloc(HEADER_BYTES);
  head.write(name, "latin1");
  head.writeUInt32BE(HEADER_BYTES + content.length, 4);
  return Buffer.concat([head, content]);
}
