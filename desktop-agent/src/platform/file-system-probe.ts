import type { FileSystemReading } from "./ports.ts";
import { percentOf } from "./reading-values.ts";

export type StatfsAnswer = { bsize: number; blocks: number; bfree: number; bavail: number };

/** A mounted file system that may be measured. */
export type MeasurableMount = { mount: string; type: string };

export type FileSystemProbe = {
  /**
   * Measures one mount after another. One that fails is left out; one that does not answer within the time limit is named in
   * `hung` and not touched again until it has answered.
   */
  measure(
    mounts: readonly MeasurableMount[],
    signal: AbortSignal,
  ): Promise<{ readings: FileSystemReading[]; hung: string[] }>;
  /** Calls that have not returned. Each holds a thread, and a normal exit of the process waits for it. */
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

  async function ask({ mount, type }: MeasurableMount): Promise<FileSystemReading | undefined> {
    open.add(mount);
    try {
      return toReading(mount, type, await statfs(mount));
    } catch {
      // Unmounted, stale or forbidden: there is no value to report.
      return undefined;
    } finally {
      open.delete(mount);
    }
  }

  return {
    async measure(mounts, signal) {
      const readings: FileSystemReading[] = [];
      for (const entry of mounts) {
        if (signal.aborted || open.size >= MAX_LOST_THREADS) break;
        if (open.has(entry.mount)) continue;
        const reading = await withinLimit(ask(entry), timeLimitMs);
        if (reading !== undefined) readings.push(reading);
      }
      return { readings, hung: mounts.map(({ mount }) => mount).filter((mount) => open.has(mount)) };
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
