import type { RebootPort } from "../ports.ts";

type Wish = Parameters<RebootPort["schedule"]>[0];

export type FakeReboots = RebootPort & {
  /** The wishes that the system took, in order. */
  readonly scheduled: readonly Wish[];
  /** The wish that waits, null when there is none. */
  waiting(): Wish | null;
  /** The system takes no wish and no cancelling any more, for this reason; null: it does again. */
  fail(reason: string | null): void;
  /** What the system says beforehand. */
  obstruct(reason: string): void;
};

export function createFakeReboots(): FakeReboots {
  const scheduled: Wish[] = [];
  let waiting: Wish | null = null;
  let failure: string | null = null;
  let obstacle: string | null = null;
  return {
    scheduled,
    waiting: () => waiting,
    fail: (reason) => {
      failure = reason;
    },
    obstruct: (reason) => {
      obstacle = reason;
    },
    obstacle: async () => obstacle,
    async schedule(wish) {
      if (failure !== null) return { kind: "failed", reason: failure };
      if (waiting !== null) return { kind: "already-scheduled" };
      waiting = wish;
      scheduled.push(wish);
      return { kind: "scheduled" };
    },
    async cancel() {
      if (failure !== null) return { kind: "failed", reason: failure };
      if (waiting === null) return { kind: "none-scheduled" };
      waiting = null;
      return { kind: "cancelled" };
    },
  };
}
