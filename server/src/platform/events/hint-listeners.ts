import type { Logger } from "../logging/logger.ts";
import type { EventBus, Hint, Topic } from "./event-bus.ts";

export type HintListeners = Pick<EventBus, "subscribe" | "onResync"> & {
  tell(hint: Hint): void;
  tellToResync(): void;
};

/** Who listens to what inside this process. A listener that fails is logged and stops nobody else. */
export function createHintListeners(log: Logger): HintListeners {
  const byTopic = new Map<Topic, Set<(hint: Hint) => void>>();
  const resyncing = new Set<() => void>();

  function safely(call: () => void): void {
    try {
      call();
    } catch (error) {
      log.error({ err: error }, "A listener to events failed");
    }
  }

  return {
    tell(hint) {
      for (const listener of byTopic.get(hint.topic) ?? []) safely(() => listener(hint));
    },
    tellToResync() {
      for (const listener of resyncing) safely(listener);
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
