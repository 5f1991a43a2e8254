import type { ActionErrorCode } from "@muster/shared/contracts/action.ts";
import type { ActionEnd } from "@muster/shared/contracts/action-delivery.ts";
import { cleanLine } from "../../collectors/clean-line.ts";

const MAX_MESSAGE_LENGTH = 500;

/** An end as an error, its message cut to what the contract takes. */
export function errorEnd(code: ActionErrorCode, message: string): Extract<ActionEnd, { outcome: "error" }> {
  return { outcome: "error", code, message: cleanLine(message, MAX_MESSAGE_LENGTH) ?? code };
}
