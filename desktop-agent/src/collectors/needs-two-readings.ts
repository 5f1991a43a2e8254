import type { Collected } from "./collector.ts";

/** What the first run of a collector of rates hands back. */
export const NEEDS_TWO_READINGS = {
  kind: "skip",
  reason: "needs two readings",
} as const satisfies Collected<never>;
