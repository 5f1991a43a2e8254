/** Size and room of a mounted file system in bytes, as an ordinary user sees it. */
export type FileSystemUsage = { sizeBytes: number; usedBytes: number; freeBytes: number };

export type StatfsAnswer = { bsize: number; blocks: number; bfree: number; bavail: number };

export type FileSystemProbe = {
  /**
   * Measures mount points one after another. One that fails is left out; one that does not answer within the time limit is
   * named in `hung` and not touched again until it has answered.
   */
  measure(mountPoints: readonly string[]): Promise<{ usages: Map<string, FileSystemUsage>; hung: string[] }>;
  /** Calls that never came back. Each holds a thread, and the process cannot exit in the ordinary way while one is held. */
  hungCalls(): number;
};

/** Of libuv's four threads these may be lost to file systems that hang; the others are left for files and name look-ups. */
const MAX_LOST_THREADS = 2;

/** @param statfs asks the system; may never answer. @param timeLimitMs for one mount point. */
export function createFileSystemProbe(
  statfs: (mountPoint: string) => Promise<StatfsAnswer>,
  timeLimitMs: number,
): FileSystemProbe {
  const outstanding = new Set<string>();

  async function ask(mountPoint: string): Promise<FileSystemUsage | undefined> {
    outstanding.add(mountPoint);
    try {
      return toUsage(await statfs(mountPoint));
    } catch {
      // Gone, stale or forbidden: the mount has no figure, which is all a caller can use.
      return undefined;
    } finally {
      outstanding.delete(mountPoint);
    }
  }

  return {
    async measure(mountPoints) {
      const usages = new Map<string, FileSystemUsage>();
      for (const mountPoint of mountPoints) {
        if (outstanding.has(mountPoint) || outstanding.size >= MAX_LOST_THREADS) continue;
        const usage = await withinLimit(ask(mountPoint), timeLimitMs);
        if (usage !== undefined) usages.set(mountPoint, usage);
      }
      return { usages, hung: mountPoints.filter((mountPoint) => outstanding.has(mountPoint)) };
    },
    hungCalls: () => outstanding.size,
  };
}

function withinLimit<T>(answer: Promise<T>, timeLimitMs: number): Promise<T | undefined> {
  const limit = Promise.withResolvers<undefined>();
  const timer = setTimeout(limit.resolve, timeLimitMs, undefined);
  return Promise.race([answer, limit.promise]).finally(() => clearTimeout(timer));
}

// Used counts what root's reserve holds as neither used nor free, as df does.
function toUsage({ bsize, blocks, bfree, bavail }: StatfsAnswer): FileSystemUsage | undefined {
  const usage = { sizeBytes: blocks * bsize, usedBytes: (blocks - bfree) * bsize, freeBytes: bavail * bsize };
  const isSound = Object.values(usage).every((value) => Number.isSafeInteger(value) && value >= 0);
  return isSound && usage.sizeBytes > 0 ? usage : undefined;
}
