import type { MessageOutcome } from "../../platform/ports.ts";
import type { InboxEntry } from "./inbox-entry.ts";

/** What became of a message by the receipts, session by session, as it is told to the server. */
export function outcomeOf({ receipts, pressed }: InboxEntry): MessageOutcome {
  return {
    shown: receipts.flatMap(({ user, shownAtMs, by }) =>
      shownAtMs === null || by === null ? [] : { user, by },
    ),
    notShown: receipts.flatMap(({ user, shownAtMs, notShown }) =>
      shownAtMs === null ? { user, reason: notShown ?? "it did not answer" } : [],
    ),
    pressed: pressed?.button ?? null,
  };
}
