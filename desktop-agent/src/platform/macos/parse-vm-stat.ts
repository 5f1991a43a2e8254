import { parseCount } from "../reading-values.ts";

/**
 * Bytes that programs can have without swapping, from `vm_stat`: free pages, pages of files, and what programs marked as disposable.
 * Inactive pages of programs do not count, since they would have to be compressed first. Undefined when a line is missing.
 */
export function parseVmStat(text: string): number | undefined {
  const pageBytes = parseCount(/page size of (\d+) bytes/.exec(text)?.[1]);
  const free = pages(text, "Pages free");
  const fileBacked = pages(text, "File-backed pages");
  const purgeable = pages(text, "Pages purgeable");
  if (pageBytes === undefined || free === undefined || fileBacked === undefined || purgeable === undefined)
    return undefined;
  return (free + fileBacked + purgeable) * pageBytes;
}

function pages(text: string, name: string): number | undefined {
  const line = text.split("\n").find((candidate) => candidate.startsWith(`${name}:`));
  return parseCount(/:\s+(\d+)\.\s*$/.exec(line ?? "")?.[1]);
}
