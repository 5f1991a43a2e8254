import { createReadStream, createWriteStream } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";

const BLOCK_BYTES = 512;
/** Positions of the fields of a ustar header. */
const FIELDS = { mode: 100, uid: 108, gid: 116, size: 124, mtime: 136, checksum: 148, type: 156, magic: 257 };
const MAX_NAME_BYTES = 99;

/**
 * Packs a folder as a compressed archive whose names begin with the folder's own. Files that their owner may execute are executable for
 * everybody. The same content gives the same bytes. Throws for a name that is too long for the format.
 */
export async function writeTar(folder: string, archive: string): Promise<void> {
  await pipeline(Readable.from(blocksOf(folder)), createGzip({ level: 6 }), createWriteStream(archive));
}

async function* blocksOf(folder: string): AsyncGenerator<Buffer> {
  const parent = path.dirname(folder);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const paths = files.map((entry) => path.join(entry.parentPath, entry.name)).toSorted();
  for (const file of paths) {
    const { size, mode } = await stat(file);
    const name = path.relative(parent, file).split(path.sep).join("/");
    yield header(name, size, (mode & 0o100) === 0 ? 0o644 : 0o755);
    for await (const chunk of createReadStream(file)) yield chunk;
    yield Buffer.alloc((BLOCK_BYTES - (size % BLOCK_BYTES)) % BLOCK_BYTES);
  }
  yield Buffer.alloc(2 * BLOCK_BYTES);
}

function header(name: string, size: number, mode: number): Buffer {
  if (Buffer.byteLength(name) > MAX_NAME_BYTES)
    throw new Error(`The name ${name} is too long for an archive.`);
  const block = Buffer.alloc(BLOCK_BYTES);
  const putNumber = (value: number, position: number, length: number) =>
    block.write(value.toString(8).padStart(length - 1, "0"), position);
  block.write(name);
  putNumber(mode, FIELDS.mode, 8);
  putNumber(0, FIELDS.uid, 8);
  putNumber(0, FIELDS.gid, 8);
  putNumber(size, FIELDS.size, 12);
  putNumber(0, FIELDS.mtime, 12);
  block.write("0", FIELDS.type);
  block.write("ustar\u000000", FIELDS.magic);
  // The sum is made with spaces in its own place.
  block.fill(" ", FIELDS.checksum, FIELDS.checksum + 8);
  const checksum = block.reduce((sum, byte) => sum + byte, 0);
  block.write(`${checksum.toString(8).padStart(6, "0")}\0 `, FIELDS.checksum);
  return block;
}
