import { AsyncLocalStorage } from "node:async_hooks";
import { MusterError } from "../errors.ts";

export type GroupWriterOptions<Item, Outcome> = {
  /** Writes a group in one transaction and returns each item's outcome, in order. A throw fails every item of the group. */
  commit(items: readonly Item[]): Promise<readonly Outcome[]>;
  maxGroup: number;
  maxQueued: number;
  /** The owner, such as a tenant, that an item is counted for. */
  shareOf(item: Item): string;
  /** Items that one owner may have in the queue. */
  maxShare: number;
  /** Called after each commit, for the metrics. */
  onCommit?(size: number, durationMs: number): void;
};

/** Commits everything that arrived while the last commit ran: no added delay when idle, large groups under load. */
export type GroupWriter<Item, Outcome> = {
  /** Resolves once the item is committed. Throws `unavailable` when the queue, or its owner's share of it, is full. */
  submit(item: Item): Promise<Outcome>;
  readonly queued: number;
  /** Resolves when everything submitted so far is committed or failed. */
  drain(): Promise<void>;
};

type QueuedItem<Item, Outcome> = {
  item: Item;
  share: string;
  resolve(outcome: Outcome): void;
  reject(error: unknown): void;
};

export function createGroupWriter<Item, Outcome>(
  options: GroupWriterOptions<Item, Outcome>,
): GroupWriter<Item, Outcome> {
  const { commit, maxGroup, maxQueued, shareOf, maxShare, onCommit } = options;
  const queue: QueuedItem<Item, Outcome>[] = [];
  const shares = new Map<string, number>();
  // The work of the writer is not that of the request which happens to start it.
  const outsideRequests = AsyncLocalStorage.snapshot();
  let running: Promise<void> | null = null;

  async function run(): Promise<void> {
    await new Promise<void>((resolve) => setImmediate(resolve));
    while (queue.length > 0) {
      const group = queue.splice(0, maxGroup);
      const startedAt = performance.now();
      await commitGroup(group);
      onCommit?.(group.length, performance.now() - startedAt);
      // Requests that are already in the socket join the next group.
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
    running = null;
  }

  async function commitGroup(group: readonly QueuedItem<Item, Outcome>[]): Promise<void> {
    try {
      const outcomes = await commit(group.map(({ item }) => item));
      if (outcomes.length !== group.length)
        throw new Error("The group commit returned another number of outcomes than items.");
      for (const [index, outcome] of outcomes.entries()) group[index]?.resolve(outcome);
    } catch (error) {
      for (const waiting of group) waiting.reject(error);
    } finally {
      for (const { share } of group) releaseSlot(share);
    }
  }

  function releaseSlot(share: string): void {
    const left = (shares.get(share) ?? 1) - 1;
    if (left === 0) shares.delete(share);
    else shares.set(share, left);
  }

  return {
    submit(item) {
      const share = shareOf(item);
      const taken = shares.get(share) ?? 0;
      if (queue.length >= maxQueued || taken >= maxShare) {
        return Promise.reject(
          new MusterError("unavailable", "The server is busy. Try again.", { retryAfterS: 5 }),
        );
      }
      shares.set(share, taken + 1);
      return new Promise((resolve, reject) => {
        queue.push({ item, share, resolve, reject });
        running ??= outsideRequests(run);
      });
    },
    get queued() {
      return queue.length;
    },
    async drain() {
      while (running) await running;
    },
  };
}
