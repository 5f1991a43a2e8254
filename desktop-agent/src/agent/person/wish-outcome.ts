import type { WishOutcome } from "@muster/shared/contracts/local-agent.ts";

export const DONE: WishOutcome = { kind: "done" };

/** @param message more in words. */
export function refused(
  why: Extract<WishOutcome, { kind: "refused" }>["why"],
  message: string | null = null,
): WishOutcome {
  return { kind: "refused", why, message };
}
