import type { Instant } from "@muster/shared/contracts/text.ts";

/** Epoch milliseconds as they go on the v1 wire. */
export function toInstant(ms: number): Instant {
  return new Date(ms).toISOString();
}

/** Like `toInstant`, with null for what has not happened. */
export function toNullableInstant(ms: number | null): Instant | null {
  return ms === null ? null : toInstant(ms);
}
