import type { Logger } from "../logging/logger.ts";
import type { EventBus } from "./event-bus.ts";
import { createHintListeners } from "./hint-listeners.ts";

/** The bus of a server that has its database to itself: on SQLite. */
export function createLocalEventBus(log: Logger): EventBus {
  const { notify, subscribe, onResync } = createHintListeners(log);
  return { publish: notify, subscribe, onResync, close: async () => {} };
}
