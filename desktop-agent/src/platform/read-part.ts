import { constants } from "node:fs";
import { type FileHandle, lstat, open } from "node:fs/promises";
import type { FilePart } from "./ports.ts";

/** Length of the timestamp at the start of a log. It distinguishes files that reuse an inode number or that were truncated. */
const NAMING_BYTES = 24;

/**
 * Reads only the requested part of a file. Does not follow links. Windows has no O_NOFOLLOW, so there only the check beforehand
 * protects; only administrators can create links there.
 */
export async function readPart(path: string, fromByte: number, maxBytes: number): Promise<FilePart | null> {
  if (!(await isPlainFile(path))) return null;
  // Without O_NONBLOCK, opening a pipe that replaced the file would block permanently.
  const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
  const handle = await open(path, flags);
  try {
    const found = await handle.stat();
    if (!found.isFile()) return null;
    const start = fromByte < 0 ? Math.max(0, found.size + fromByte) : Math.min(fromByte, found.size);
    const length = Math.min(maxBytes, found.size - start);
    const bytes = await readBytes(handle, start, length);
    const beginning = start === 0 ? bytes : await readBytes(handle, 0, NAMING_BYTES);
    const file = `${found.ino.toString(36)}-${beginning.toString("base64url", 0, NAMING_BYTES)}`;
    return { file, sizeBytes: found.size, fromByte: start, bytes };
  } finally {
    await handle.close();
  }
}

async function readBytes(handle: FileHandle, start: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, start);
  return buffer.subarray(0, bytesRead);
}

async function isPlainFile(path: string): Promise<boolean> {
  try {
    return (await lstat(path)).isFile();
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return false;
    throw error;
  }
}
