import type { Acknowledgement, RequestOutcome } from "@muster/shared/contracts/local-agent.ts";
import { cleanLine } from "../../collectors/clean-line.ts";
import type { Clock } from "../../platform/ports.ts";
import type { Inbox } from "./inbox.ts";
import { BY_TRAY, type InboxEntry, isAnswerable, isMissed, type Receipt, receiptOf } from "./inbox-entry.ts";
import { DONE, refused } from "./request-outcome.ts";

type Deps = {
  inbox: Inbox;
  clock: Clock;
  /** Somebody has read this message, for the first time. */
  read: (id: string, user: string) => void;
};

/** Stores what a user's tray reports about a message. The first report stays: shown, read and answered once. */
export async function acknowledge(
  { inbox, clock, read }: Deps,
  user: string,
  id: string,
  said: Acknowledgement,
): Promise<RequestOutcome> {
  const entry = inbox.find(id);
  const receipt = entry && receiptOf(entry, user);
  if (!entry || !receipt) return refused("unknown");
  const nowMs = clock.wallMs();
  switch (said.what) {
    case "shown":
      if (receipt.shownAtMs === null) await inbox.note(id, user, shownNow(receipt, nowMs));
      return DONE;
    case "not-shown":
      if (receipt.shownAtMs === null)
        await inbox.note(id, user, { notShown: cleanLine(said.reason, 200) ?? "unknown" });
      return DONE;
    case "read":
      if (isMissed(entry, user)) return refused("unknown");
      await noteRead(entry, receipt);
      return DONE;
    case "pressed":
      if (!isAnswerable(entry, nowMs)) return refused("over");
      if (!entry.buttons.includes(said.button)) return refused("failed", "The message has no such button.");
      await inbox.change(id, { pressed: { user, button: said.button } });
      await noteRead(entry, receipt);
      return DONE;
  }

  async function noteRead(of: InboxEntry, own: Receipt): Promise<void> {
    if (own.readAtMs !== null) return;
    await inbox.note(id, user, { ...shownNow(own, nowMs), readAtMs: nowMs });
    if (of.receipts.every(({ readAtMs }) => readAtMs === null)) read(id, user);
  }
}

function shownNow({ shownAtMs, by }: Receipt, nowMs: number): Partial<Receipt> {
  return { shownAtMs: shownAtMs ?? nowMs, by: by ?? BY_TRAY, notShown: null };
}
