import type { Logger } from "../logging/logger.ts";
import type { EventBus } from "./event-bus.ts";
import { createHintListeners } from "./hint-listeners.ts";

/** The bus of the only server of a database: on SQLite. */
export function createLocalEventBus(log: Logger): EventBus {
  const { notify, notifyResync: _, ...bus } = createHintListeners(log);
  return { ...bus, publish: notify, close: async () => {} };
}
