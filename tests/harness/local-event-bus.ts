import type { EventBus, Hint } from "../../server/src/platform/events/event-bus.ts";

/** Carries hints inside one server only: for its neighbours every hint is lost. */
export function createLocalEventBus(): EventBus {
  const listeners = new Set<(hint: Hint) => void>();
  return {
    publish(hint) {
      for (const listener of listeners) listener(hint);
    },
    subscribe(topic, listener) {
      const filtered = (hint: Hint) => {
        if (hint.topic === topic) listener(hint);
      };
      listeners.add(filtered);
      return () => void listeners.delete(filtered);
    },
    onResync: () => () => undefined,
    close: async () => undefined,
  };
}
