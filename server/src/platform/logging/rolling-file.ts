import { closeSync, fstatSync, openSync, renameSync, rmSync, write } from "node:fs";
import { promisify } from "node:util";
import { systemErrorCode } from "../start-error.ts";

const writeAsync = promisify(write);

export type RollingFile = {
  /** Queues a line. Lost, and counted in `droppedLines`, while the disk takes nothing and `maxWaitingBytes` already wait. */
  write(line: string): void;
  readonly droppedLines: number;
  /** Writes out what waits and closes the file. */
  close(): Promise<void>;
};

type Options = {
  /** Without ending: lines go to `<base>.log`, older ones are `<base>.1.log` (newest) and so on. */
  base: string;
  maxBytes: number;
  /** Older files that are kept beside the present one. */
  maxRotatedFiles: number;
  maxWaitingBytes?: number;
  /** Told once when writing begins to fail, again after it worked in between. */
  onFailure(error: Error): void;
};

/** Opens a file of lines, readable by its owner only, that starts anew when it is full. Throws when it cannot be opened. */
export function openRollingFile({
  base,
  maxBytes,
  maxRotatedFiles,
  maxWaitingBytes = 4_194_304,
  onFailure,
}: Options): RollingFile {
  const name = (number: number) => (number === 0 ? `${base}.log` : `${base}.${number}.log`);
  let file: { fd: number; sizeBytes: number } | null = open();
  let waiting: string[] = [];
  let waitingBytes = 0;
  let droppedLines = 0;
  let isFailing = false;
  let flushing: Promise<void> | null = null;

  function open() {
    const fd = openSync(name(0), "a", 0o600);
    return { fd, sizeBytes: fstatSync(fd).size };
  }

  function closeFile(): void {
    if (file) closeSync(file.fd);
    file = null;
  }

  /** The file to write `bytes` to; a new one when they do not fit. */
  function openFileFor(bytes: number) {
    if (file && file.sizeBytes > 0 && file.sizeBytes + bytes > maxBytes) {
      closeFile();
      rmSync(name(maxRotatedFiles), { force: true });
      for (let number = maxRotatedFiles - 1; number >= 0; number -= 1)
        renameIfThere(name(number), name(number + 1));
    }
    file ??= open();
    return file;
  }

  async function flush(): Promise<void> {
    // Lines of the same moment go out together.
    await Promise.resolve();
    while (waiting.length > 0) {
      const lines = waiting;
      const text = Buffer.from(lines.join(""));
      waiting = [];
      waitingBytes = 0;
      try {
        await writeAll(text);
        isFailing = false;
      } catch (error) {
        droppedLines += lines.length;
        if (!isFailing) onFailure(error instanceof Error ? error : new Error(String(error)));
        isFailing = true;
      }
    }
    flushing = null;
  }

  async function writeAll(text: Buffer): Promise<void> {
    const target = openFileFor(text.length);
    for (let offset = 0; offset < text.length; ) {
      const { bytesWritten } = await writeAsync(target.fd, text, offset);
      offset += bytesWritten;
      target.sizeBytes += bytesWritten;
    }
  }

  return {
    write(line) {
      if (waitingBytes + line.length > maxWaitingBytes) {
        droppedLines += 1;
        return;
      }
      waiting.push(line);
      waitingBytes += line.length;
      flushing ??= flush();
    },
    get droppedLines() {
      return droppedLines;
    },
    async close() {
      await flushing;
      closeFile();
    },
  };
}

function renameIfThere(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if (systemErrorCode(error) !== "ENOENT") throw error;
  }
}
