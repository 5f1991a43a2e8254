import { z } from "zod";
import { keysOf } from "../keys-of.ts";
import { cancelReboot } from "./cancel-reboot.ts";
import { collectAgentLog } from "./collect-agent-log.ts";
import { message } from "./message.ts";
import { reboot } from "./reboot.ts";
import { refreshInventory } from "./refresh-inventory.ts";
import { restart } from "./restart.ts";

/** Every action there is, in the order in which they are offered. */
export const ACTIONS = {
  message,
  restart,
  reboot,
  "cancel-reboot": cancelReboot,
  "refresh-inventory": refreshInventory,
  "collect-agent-log": collectAgentLog,
} as const;

export type ActionType = keyof typeof ACTIONS;

/** The names of all actions. */
export const ActionType = z.enum(keysOf(ACTIONS));
