/**
 * Hands ids of what changed to `work`, one call at a time: what arrives meanwhile is one further call. Answers that overtake each
 * other could otherwise show something older.
 */
export function createChangeQueue(work: (ids: ReadonlySet<string>) => Promise<void>) {
  let waiting = new Set<string>();
  let isWorking = false;

  async function run(): Promise<void> {
    isWorking = true;
    while (waiting.size > 0) {
      const ids = waiting;
      waiting = new Set();
      await work(ids);
    }
    isWorking = false;
  }
  return {
    push(ids: Iterable<string>): void {
      for (const id of ids) waiting.add(id);
      if (!isWorking && waiting.size > 0) void run();
    },
  };
}
