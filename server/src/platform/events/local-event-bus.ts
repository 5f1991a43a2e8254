import type { Logger } from "../logging/logger.ts";
import type { EventBus } from "./event-bus.ts";
import { createHintListeners } from "./hint-listeners.ts";

/** The bus of a server that has its database to itself: on SQLite. */
export function createLocalEventBus(log: Logger): EventBus {
  const { tell, subscribe, onResync } = createHintListeners(log);
  return { publish: tell, subscribe, onResync, close: async () => {} };
}
