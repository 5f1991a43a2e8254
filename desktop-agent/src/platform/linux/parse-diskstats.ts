import { parseCount } from "../reading-values.ts";
import type { Throughput } from "../ports.ts";

// The kernel counts sectors of 512 bytes here, whatever the disk's own sector is.
const SECTOR_BYTES = 512;
const NAME_COLUMN = 2;
const SECTORS_READ_COLUMN = 5;
const SECTORS_WRITTEN_COLUMN = 9;

/** Reads /proc/diskstats: bytes read and written by device name, partitions included. */
export function parseDiskstats(text: string): Map<string, Throughput> {
  const counters = new Map<string, Throughput>();
  for (const line of text.split("\n")) {
    const columns = line.trim().split(/ +/);
    const name = columns[NAME_COLUMN];
    const read = parseCount(columns[SECTORS_READ_COLUMN]);
    const written = parseCount(columns[SECTORS_WRITTEN_COLUMN]);
    if (name === undefined || read === undefined || written === undefined) continue;
    counters.set(name, { inBytes: read * SECTOR_BYTES, outBytes: written * SECTOR_BYTES });
  }
  return counters;
}
