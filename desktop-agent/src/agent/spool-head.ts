import type { FilePort } from "../platform/ports.ts";
import { type Log, messageOf } from "./log.ts";
import { parseOwn } from "./own-file.ts";

/** Where the spool is read: the number of its oldest record, and how many samples were lost since enrolment. */
export type SpoolHead = { next: number; dropped: number };

/** The stored head; of a damaged one, delivered samples that are still there go out again and are known by their instant. */
export async function readSpoolHead(files: FilePort, path: string): Promise<SpoolHead> {
  const stored = parseOwn<SpoolHead>(
    await files.read(path),
    ({ next, dropped }) => Number.isSafeInteger(next) && Number.isSafeInteger(dropped),
  );
  return stored ?? { next: 1, dropped: 0 };
}

/** Stores the head. Never rejects: until it can be stored again a restart sends delivered samples once more. */
export async function writeSpoolHead(
  files: FilePort,
  path: string,
  head: SpoolHead,
  log: Log,
): Promise<void> {
  try {
    await files.replace(path, JSON.stringify(head), { sync: true });
  } catch (error) {
    log.error(`The place in the spool could not be stored: ${messageOf(error)}`);
  }
}
