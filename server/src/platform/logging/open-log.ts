import { makeFolder } from "../make-folder.ts";
import path from "node:path";
import type { Writable } from "node:stream";
import { formatLogLine } from "./format-log-line.ts";
import { createLogger, type Logger } from "./logger.ts";
import { openRollingFile } from "./rolling-file.ts";

const MAX_FILE_BYTES = 10 * 1024 * 1024;
const MAX_ROTATED_FILES = 9;

export type OpenLog = {
  log: Logger;
  /** Writes the queued lines. Later lines go to standard output only. */
  close(): Promise<void>;
};

/**
 * Opens the server's log: standard output (readable text or JSON) and rotated JSON files `server.log`, `server.1.log`, ... in
 * `folder`. When the disk is full, lines are dropped and the server goes on. Throws when the folder is not writable.
 */
export function openLog(options: {
  level: string;
  folder: string;
  isHumanReadable: boolean;
  stdout: Pick<Writable, "write">;
}): OpenLog {
  const { level, folder, isHumanReadable, stdout } = options;
  makeFolder(folder);
  const file = openRollingFile({
    base: path.join(folder, "server"),
    maxBytes: MAX_FILE_BYTES,
    maxRotatedFiles: MAX_ROTATED_FILES,
    onFailure: (error) => stdout.write(`The log files in ${folder} cannot be written: ${error.message}\n`),
  });
  let isClosed = false;
  const log = createLogger({
    level,
    outputs: [
      { write: (line) => void stdout.write(isHumanReadable ? formatLogLine(line) : line) },
      { write: (line) => void (isClosed || file.write(line)) },
    ],
  });
  return {
    log,
    async close() {
      isClosed = true;
      await file.close();
    },
  };
}
