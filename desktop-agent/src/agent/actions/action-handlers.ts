import type { ActionType } from "@muster/shared/actions/catalog.ts";
import type { ActionHandler } from "./action-handler.ts";
import { cancelRebootHandler } from "./handlers/cancel-reboot.handler.ts";
import { collectAgentLogHandler } from "./handlers/collect-agent-log.handler.ts";
import { messageHandler } from "./handlers/message.handler.ts";
import { rebootHandler } from "./handlers/reboot.handler.ts";
import { refreshInventoryHandler } from "./handlers/refresh-inventory.handler.ts";
import { restartHandler } from "./handlers/restart.handler.ts";

/** What this agent can do: every action of the catalog, or it does not compile. */
export const ACTION_HANDLERS: { readonly [Type in ActionType]: ActionHandler<Type> } = {
  message: messageHandler,
  restart: restartHandler,
  reboot: rebootHandler,
  "cancel-reboot": cancelRebootHandler,
  "refresh-inventory": refreshInventoryHandler,
  "collect-agent-log": collectAgentLogHandler,
};
