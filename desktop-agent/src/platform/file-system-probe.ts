import type { FileSystemReading } from "./ports.ts";
import { percentOf } from "./reading-values.ts";

export type StatfsAnswer = { bsize: number; blocks: number; bfree: number; bavail: number };

/** A mounted file system that may be measured. */
export type MeasurableMount = { mount: string; type: string };

type Measured = {
  readings: FileSystemReading[];
  hung: string[];
  /** Mounts that were left out as asked, without touching them. */
  excluded: string[];
  /** Absent where none fails in a way that somebody has to look at. */
  unreadable?: { mount: string; code: string }[];
};

/** Whether a mount is to be left alone. */
export type IsExcludedMount = (mount: string) => boolean;

/** A mount that is gone, or that this user may not look at, is no fault of it. */
const NO_FAULT = ["", "ENOENT", "ENOTDIR", "EACCES", "EPERM"];

export type FileSystemProbe = {
  /**
   * Measures one mount after another. One that fails is left out; one that does not answer within the time limit is named in
   * `hung` and not touched again until it has answered.
   */
  measure(
    mounts: readonly MeasurableMount[],
    signal: AbortSignal,
    isExcluded?: IsExcludedMount,
  ): Promise<Measured>;
  /** Calls that have not come back. Each holds a thread, and an ordinary exit of the process waits for it. */
  openCalls(): number;
};

/** How many of libuv's four threads may hang in file systems; the others stay free for files and DNS. */
const MAX_LOST_THREADS = 2;

/** @param statfs asks the system; may never answer. @param timeLimitMs for one mount. */
export function createFileSystemProbe(
  statfs: (mount: string) => Promise<StatfsAnswer>,
  timeLimitMs: number,
): FileSystemProbe {
  const open = new Set<string>();
  const failed = new Map<string, string>();

  async function ask({ mount, type }: MeasurableMount): Promise<FileSystemReading | undefined> {
    open.add(mount);
    failed.delete(mount);
    try {
      return toReading(mount, type, await statfs(mount));
    } catch (error) {
      const code = error instanceof Error && "code" in error ? String(error.code) : "";
      if (!NO_FAULT.includes(code)) failed.set(mount, code);
      // Gone, stale or forbidden: there is no figure, which is all a caller can use.
      return undefined;
    } finally {
      open.delete(mount);
    }
  }

  return {
    async measure(given, signal, isExcluded = () => false) {
      const mounts = given.filter(({ mount }) => !isExcluded(mount));
      const readings: FileSystemReading[] = [];
      for (const entry of mounts) {
        if (signal.aborted || open.size >= MAX_LOST_THREADS) break;
        if (open.has(entry.mount)) continue;
        const reading = await withinLimit(ask(entry), timeLimitMs);
        if (reading !== undefined) readings.push(reading);
      }
      const names = mounts.map(({ mount }) => mount);
      const unreadable = names.flatMap((mount) => {
        const code = failed.get(mount);
        return code === undefined ? [] : [{ mount, code }];
      });
      return {
        readings,
        hung: names.filter((mount) => open.has(mount)),
        excluded: given.filter((entry) => !mounts.includes(entry)).map(({ mount }) => mount),
        ...(unreadable.length > 0 && { unreadable }),
      };
    },
    openCalls: () => open.size,
  };
}

function withinLimit<T>(answer: Promise<T>, timeLimitMs: number): Promise<T | undefined> {
  const limit = Promise.withResolvers<undefined>();
  const timer = setTimeout(limit.resolve, timeLimitMs, undefined);
  return Promise.race([answer, limit.promise]).finally(() => clearTimeout(timer));
}

// As df counts: space reserved for root is neither used nor free.
function toReading(mount: string, type: string, answer: StatfsAnswer): FileSystemReading | undefined {
  const { bsize, blocks, bfree, bavail } = answer;
  const sizeBytes = blocks * bsize;
  // A negative count read as unsigned: no space is left.
  const freeBytes = bavail > blocks ? 0 : bavail * bsize;
  const usedBytes = (blocks - bfree) * bsize;
  const usedPercent = percentOf(usedBytes, usedBytes + freeBytes);
  const isSound = [sizeBytes, freeBytes, usedBytes].every((value) => value >= 0 && value <= 1e18);
  return isSound && usedPercent !== undefined
    ? { mount, type, sizeBytes, usedPercent, freeBytes }
    : undefined;
}
