import { parseCount } from "../figures.ts";

/** Bytes; undefined where the kernel's line is missing or no number. */
export type Meminfo = {
  total: number | undefined;
  available: number | undefined;
  swapTotal: number | undefined;
  swapFree: number | undefined;
};

/** Reads /proc/meminfo. */
export function parseMeminfo(text: string): Meminfo {
  return {
    total: bytes(/^MemTotal: +(\d+) kB$/m.exec(text)),
    available: bytes(/^MemAvailable: +(\d+) kB$/m.exec(text)),
    swapTotal: bytes(/^SwapTotal: +(\d+) kB$/m.exec(text)),
    swapFree: bytes(/^SwapFree: +(\d+) kB$/m.exec(text)),
  };
}

function bytes(match: RegExpExecArray | null): number | undefined {
  const kibibytes = parseCount(match?.[1]);
  return kibibytes === undefined ? undefined : kibibytes * 1024;
}
