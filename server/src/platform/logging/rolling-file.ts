import { closeSync, fstatSync, openSync, renameSync, rmSync, write } from "node:fs";
import { promisify } from "node:util";
import { systemErrorCode } from "../start-error.ts";

const DEFAULT_MAX_WAITING_BYTES = 4_194_304;
const writeAsync = promisify(write);

export type RollingFile = {
  /** Queues a line. Drops and counts it when the disk takes nothing and `maxWaitingBytes` are already waiting. */
  write(line: string): void;
  readonly droppedLines: number;
  /** Writes the queued lines and closes the file. */
  close(): Promise<void>;
};

type FileOptions = {
  /** Path without extension: lines go to `<base>.log`, older ones are in `<base>.1.log` (newest) and so on. */
  base: string;
  maxBytes: number;
  /** Older files that are kept beside the current one. */
  maxRotatedFiles: number;
};

type Options = FileOptions & {
  maxWaitingBytes?: number;
  /** Called when writing begins to fail, and again only after it has worked in between. */
  onFailure(error: Error): void;
};

/** Opens a log file that only its owner can read and that is rotated when it is full. Throws when it cannot be opened. */
export function openRollingFile(options: Options): RollingFile {
  const { maxWaitingBytes = DEFAULT_MAX_WAITING_BYTES, onFailure } = options;
  const file = openRotatedFile(options);
  let waiting: string[] = [];
  let waitingBytes = 0;
  let droppedLines = 0;
  let isFailing = false;
  let flushing: Promise<void> | null = null;

  async function flush(): Promise<void> {
    // Lines that are queued in the same tick are written together.
    await Promise.resolve();
    while (waiting.length > 0) {
      const lines = waiting;
      const text = Buffer.from(lines.join(""));
      waiting = [];
      waitingBytes = 0;
      try {
        await file.append(text);
        isFailing = false;
      } catch (error) {
        droppedLines += lines.length;
        if (!isFailing) onFailure(error instanceof Error ? error : new Error(String(error)));
        isFailing = true;
      }
    }
    flushing = null;
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
      file.close();
    },
  };
}

function openRotatedFile({ base, maxBytes, maxRotatedFiles }: FileOptions) {
  const pathOf = (number: number) => (number === 0 ? `${base}.log` : `${base}.${number}.log`);
  let file: { fd: number; sizeBytes: number } | null = open();

  function open() {
    const fd = openSync(pathOf(0), "a", 0o600);
    return { fd, sizeBytes: fstatSync(fd).size };
  }

  function close(): void {
    if (file) closeSync(file.fd);
    file = null;
  }

  function rotate(): void {
    close();
    rmSync(pathOf(maxRotatedFiles), { force: true });
    for (let number = maxRotatedFiles - 1; number >= 0; number -= 1)
      renameIfExists(pathOf(number), pathOf(number + 1));
  }

  async function append(text: Buffer): Promise<void> {
    if (file && file.sizeBytes > 0 && file.sizeBytes + text.length > maxBytes) rotate();
    file ??= open();
    const target = file;
    for (let offset = 0; offset < text.length; ) {
      const { bytesWritten } = await writeAsync(target.fd, text, offset);
      offset += bytesWritten;
      target.sizeBytes += bytesWritten;
    }
  }

  return { append, close };
}

function renameIfExists(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if (systemErrorCode(error) !== "ENOENT") throw error;
  }
}
