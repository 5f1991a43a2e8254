import { basename, dirname, join } from "node:path";
import type { FilePort } from "../platform/ports.ts";
import { createSerialQueue } from "./serial-queue.ts";

/** Size in bytes at which the file is put aside. */
const ROTATE_AT_BYTES = 1_048_576;
/** Files kept beside the current one: agent.log.1 is the newest. */
const KEPT_FILES = 4;

export type RotatingFile = {
  /** Adds a line; never rejects. `failed` of the options is called when the disk accepts none. */
  write(line: string): void;
  /** Resolves when everything is written. */
  flush(): Promise<void>;
};

type Options = { files: FilePort; path: string; failed: (error: unknown) => void };

/** A log file of at most 1 MiB with four older ones. Lines that wait while a write runs go out with the next one. */
export function createRotatingFile({ files, path, failed }: Options): RotatingFile {
  const serially = createSerialQueue();
  let waiting: string[] = [];
  let sizeBytes: number | null = null;

  async function writeWaiting(): Promise<void> {
    if (waiting.length === 0) return;
    const text = waiting.map((line) => `${line}\n`).join("");
    waiting = [];
    sizeBytes ??= await sizeOf(files, path);
    if (sizeBytes > 0 && sizeBytes + Buffer.byteLength(text) > ROTATE_AT_BYTES) {
      await rotate();
      sizeBytes = 0;
    }
    await files.append(path, text, { sync: false });
    sizeBytes += Buffer.byteLength(text);
  }

  async function rotate(): Promise<void> {
    const present = new Set((await files.list(dirname(path))).map(({ name }) => name));
    for (let number = KEPT_FILES; number >= 1; number -= 1) {
      const from = number === 1 ? path : `${path}.${number - 1}`;
      if (present.has(basename(from))) await files.rename(from, `${path}.${number}`);
    }
  }

  return {
    write(line) {
      waiting.push(line);
      if (waiting.length === 1) serially(writeWaiting).catch(failed);
    },
    flush: () => serially(async () => undefined),
  };
}

/** Paths of a rotated log that exist, oldest first. */
export async function listRotated(files: FilePort, path: string): Promise<string[]> {
  const names = (await files.list(dirname(path))).map(({ name }) => name);
  const older = Array.from({ length: KEPT_FILES }, (_, index) => `${basename(path)}.${KEPT_FILES - index}`);
  return [...older, basename(path)]
    .filter((name) => names.includes(name))
    .map((name) => join(dirname(path), name));
}

async function sizeOf(files: FilePort, path: string): Promise<number> {
  const found = (await files.list(dirname(path))).find(({ name }) => name === basename(path));
  return found?.sizeBytes ?? 0;
}
