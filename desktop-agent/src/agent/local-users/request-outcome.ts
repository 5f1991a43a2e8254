import type { RequestOutcome } from "@muster/shared/contracts/local-agent.ts";

import { cutToLength } from "@muster/shared/contracts/text-length.ts";

/** What the local protocol takes; reasons come from the operating system as well. */
const MAX_MESSAGE_LENGTH = 500;

export const DONE: RequestOutcome = { kind: "done" };

/** @param message more in words. */
export function refused(
  why: Extract<RequestOutcome, { kind: "refused" }>["why"],
  message: string | null = null,
): RequestOutcome {
  return {
    kind: "refused",
    why,
    message: message && cutToLength(message, MAX_MESSAGE_LENGTH).toWellFormed(),
  };
}
