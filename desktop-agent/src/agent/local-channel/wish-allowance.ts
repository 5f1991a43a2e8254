import type { LocalRequest } from "@muster/shared/contracts/local-agent.ts";
import type { Clock } from "../../platform/ports.ts";
import { type Allowance, createAllowance } from "./allowance.ts";

/** Wishes at once: more than the messages that wait behind a screen. After them one every so many milliseconds. */
export const WISH_BURST = 100;
const EVERY_MS = 500;

/** What one person may wish over all of their connections: less than the server takes from a device, and a disk from a program. */
export function createWishAllowance(clock: Clock): Allowance {
  return createAllowance(clock, WISH_BURST, EVERY_MS);
}

/** Whether a request makes the agent write, measure, start a program or ask the server. */
export function isWish(request: LocalRequest): boolean {
  return request.verb === "read" ? request.what === "record" : request.verb !== "watch";
}
