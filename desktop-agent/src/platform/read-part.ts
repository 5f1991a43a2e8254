import { constants } from "node:fs";
import { type FileHandle, lstat, open } from "node:fs/promises";
import type { FilePart } from "./ports.ts";

/** A log begins with an instant of so many characters. It tells files apart whose inode number was used again, or that were cut. */
const NAMING_BYTES = 24;

/**
 * Reads no more than what is asked for, whatever the size of the file. Links are not followed: Windows has no O_NOFOLLOW, there the
 * look before is all, and who may make a link there is an administrator.
 */
export async function readPart(path: string, fromByte: number, maxBytes: number): Promise<FilePart | null> {
  if (!(await isPlainFile(path))) return null;
  // Without O_NONBLOCK a pipe that took the file's place would never open.
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
