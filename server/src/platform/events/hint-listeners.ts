import type { Logger } from "../logging/logger.ts";
import type { EventBus, Hint, Topic } from "./event-bus.ts";
import { createRecentHints } from "./recent-hints.ts";

export type HintListeners = Omit<EventBus, "publish" | "close"> & {
  notify(hint: Hint): void;
  notifyResync(): void;
};

/** Listeners inside this process. The failure of one is logged and does not affect the others. */
export function createHintListeners(log: Logger): HintListeners {
  const byTopic = new Map<Topic, Set<(hint: Hint) => void>>();
  const resyncing = new Set<() => void>();
  const recent = createRecentHints();

  function callSafely(call: () => void): void {
    try {
      call();
    } catch (error) {
      log.error({ err: error }, "An event listener failed");
    }
  }

  return {
    notify(hint) {
      recent.add(hint);
      for (const listener of byTopic.get(hint.topic) ?? []) callSafely(() => listener(hint));
    },
    notifyResync() {
      recent.clear();
      for (const listener of resyncing) callSafely(listener);
    },
    positionOf: recent.positionOf,
    since: recent.since,
    subscribe(topic, listener) {
      const listeners = byTopic.get(topic) ?? new Set();
      byTopic.set(topic, listeners.add(listener));
      return () => void listeners.delete(listener);
    },
    onResync(listener) {
      resyncing.add(listener);
      return () => void resyncing.delete(listener);
    },
  };
}
