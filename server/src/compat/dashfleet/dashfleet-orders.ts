import { z } from "zod";
import type { LegacyOrder } from "../../actions/index.ts";
import { cutString, load, fields, machineId, oneOf, string } from "./marshmallow.ts";

const MAX_RESULT_LENGTH = 2000;
const DEFAULT_TITLE = "DashFleet";
/** DashFleet's agents reboot one minute after the action, without showing a message. */
const REBOOT_DELAY_MINUTES = 1;

/** An action that a technician requests on DashFleet's pages. */
export const DashfleetRequest = fields({
  /** Name of the machine. */
  machine_id: machineId(),
  /** What the machine does. */
  action_type: oneOf(["message", "restart", "reboot"]),
  /** Text and title of a message. */
  data: z.record(z.string(), z.unknown()).default({}),
});

const MessageData = fields({
  message: string(4000).min(1, "Shorter than minimum length 1."),
  title: string(120).min(1, "Shorter than minimum length 1.").default(DEFAULT_TITLE),
});

/** An order in DashFleet's format, as its agent gets it. */
export const DashfleetOrder = z.object({
  /** What the machine does. */
  type: z.string(),
  /** Text and title of a message. */
  data: z.record(z.string(), z.unknown()),
});
export type DashfleetOrder = z.infer<typeof DashfleetOrder>;

/** Orders that a machine takes. */
export const DashfleetOrders = z.object({
  /** The orders, oldest first. */
  actions: z.array(
    DashfleetOrder.extend({
      /** Id of the action. */
      action_id: z.string(),
    }),
  ),
});

/** How an action ended, as the agent reports it. `machine_id` is Muster's addition: if sent, it must be the action's machine. */
export const DashfleetResult = fields({
  /** Id of the action. */
  action_id: string(300).min(1, "Shorter than minimum length 1."),
  /** Whether the machine did it. */
  status: oneOf(["done", "error"]),
  /** What the machine reports; the first 2,000 characters are kept. */
  result: cutString(MAX_RESULT_LENGTH).default(""),
  /** Name of the machine. */
  machine_id: machineId().optional(),
});

/** The requested action in Muster's catalog. Throws `bad-request`. */
export function fromDashfleet({ action_type, data }: z.infer<typeof DashfleetRequest>): LegacyOrder {
  if (action_type !== "message") return { type: action_type, payload: {} };
  const { title, message } = load(MessageData, data);
  return { type: "message", payload: { title, text: message } };
}

/** An order in DashFleet's format; null if its agent would do something else than requested. */
export function toDashfleet({ type, payload }: LegacyOrder): DashfleetOrder | null {
  switch (type) {
    case "message":
      return { type, data: { message: payload["text"], title: payload["title"] } };
    case "restart":
      return { type, data: {} };
    case "reboot":
      return isDefaultReboot(payload) ? { type, data: {} } : null;
    default:
      return null;
  }
}

function isDefaultReboot({ delayMinutes, message, postponements }: LegacyOrder["payload"]): boolean {
  return delayMinutes === REBOOT_DELAY_MINUTES && message === "" && postponements === 0;
}
