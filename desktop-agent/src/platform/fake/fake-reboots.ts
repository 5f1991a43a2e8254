import type { RebootPort } from "../ports.ts";

type RebootRequest = Parameters<RebootPort["schedule"]>[0];

export type FakeReboots = RebootPort & {
  /** The accepted requests, in order. */
  readonly scheduled: readonly RebootRequest[];
  /** The pending request, null when there is none. */
  waiting(): RebootRequest | null;
  /** Makes the system refuse requests and cancellations for this reason; null: it accepts them again. */
  fail(reason: string | null): void;
  /** Sets the known obstacle. */
  obstruct(reason: string): void;
};

export function createFakeReboots(): FakeReboots {
  const scheduled: RebootRequest[] = [];
  let waiting: RebootRequest | null = null;
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
    async schedule(request) {
      if (failure !== null) return { kind: "failed", reason: failure };
      if (waiting !== null) return { kind: "already-scheduled" };
      waiting = request;
      scheduled.push(request);
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
