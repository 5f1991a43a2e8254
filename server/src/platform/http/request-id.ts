import { randomUUID } from "node:crypto";

/** Twelve hexadecimal digits, at random: enough to find a request in the log, short because each answer carries it. */
export function makeShortRequestId(): string {
  return randomUUID().slice(24);
}
