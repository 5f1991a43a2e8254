import type { LocalView } from "@muster/shared/contracts/local-agent.ts";
import type { LocalAgent } from "../local-agent.ts";

const STARTED_AT_MS = Date.UTC(2027, 0, 4, 8);

/** A view of a machine that is not enrolled, as it is at the start. */
export const QUIET_VIEW: LocalView = {
  agent: { version: "0.1.0", variant: "headless", startedAtMs: STARTED_AT_MS },
  hostname: "desk-01",
  state: { kind: "not-enrolled", reason: null },
  enrolled: null,
  contact: { isReached: false, lastDeliveredAtMs: null, problem: null },
  spooledSamples: 0,
  waitingActions: 0,
  latest: null,
  attention: { level: "none", reasons: [] },
  pause: { isAllowed: false, longestMs: null },
  unreadMessages: 0,
  unshownMessages: [],
  reboot: null,
};

export type QuietAgent = LocalAgent & {
  /** Makes the view another, and tells it. */
  become(change: Partial<LocalView>): void;
  /** Who listens to the view. */
  listeners(): number;
  /** What was wished, in order: the method's name and its arguments. */
  readonly wishes: readonly unknown[][];
  closed(): number;
};

/** An engine that takes every wish and has nothing to read. Single methods can be given. */
export function createQuietAgent(own: Partial<LocalAgent> = {}): QuietAgent {
  const listeners = new Set<() => void>();
  const wishes: unknown[][] = [];
  let view = QUIET_VIEW;
  let closed = 0;
  const wish =
    (name: string) =>
    async (...args: unknown[]) => {
      wishes.push([name, ...args]);
      return { kind: "done" as const };
    };
  return {
    view: () => view,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    readHour: async () => [],
    readMessages: async () => [],
    readSeen: async () => ({ items: [], intervalS: 30, kept: null }),
    readRecord: async () => ({ actions: [], compared: { kind: "no", reason: "not enrolled" } }),
    readLog: async () => ({ run: "r1", text: "", fromByte: 0, toByte: 0, sizeBytes: 0 }),
    checkNow: wish("check"),
    pause: wish("pause"),
    resume: wish("resume"),
    acknowledge: wish("acknowledge"),
    postpone: wish("postpone"),
    close: () => {
      closed += 1;
    },
    ...own,
    become(change) {
      view = { ...view, ...change };
      for (const listener of listeners) listener();
    },
    listeners: () => listeners.size,
    wishes,
    closed: () => closed,
  };
}
