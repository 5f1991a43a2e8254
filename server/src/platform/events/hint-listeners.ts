import type { Logger } from "../logging/logger.ts";
import type { EventBus, Hint, Topic } from "./event-bus.ts";

export type HintListeners = Pick<EventBus, "subscribe" | "onResync"> & {
  notify(hint: Hint): void;
  notifyResync(): void;
};

/** Who listens to what inside this process. A listener that fails is logged and stops nobody else. */
export function createHintListeners(log: Logger): HintListeners {
  const byTopic = new Map<Topic, Set<(hint: Hint) => void>>();
  const resyncing = new Set<() => void>();

  function callSafely(call: () => void): void {
    try {
      call();
    } catch (error) {
      log.error({ err: error }, "A listener to events failed");
    }
  }

  return {
    notify(hint) {
      for (const listener of byTopic.get(hint.topic) ?? []) callSafely(() => listener(hint));
    },
    notifyResync() {
      for (const listener of resyncing) callSafely(listener);
    },
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
