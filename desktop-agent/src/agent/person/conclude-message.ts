import type { MessageOutcome } from "../../platform/ports.ts";
import type { Inbox } from "./inbox.ts";
import type { Delivery, MessageJob } from "./message-job.ts";
import { outcomeOf } from "./message-outcome.ts";

/**
 * Ends a message with what is known of it. Whoever has not seen it by then is not shown it any more: what the server counts as not
 * shown must not appear later.
 *
 * @param waitedFor whose tray tells what became of it
 * @param reached what became of it in all other sessions
 */
export async function concludeMessage(
  inbox: Inbox,
  id: string,
  { cancelAsked, stopping }: MessageJob,
  waitedFor: readonly string[],
  reached: MessageOutcome = { shown: [], notShown: [], pressed: null },
): Promise<Delivery> {
  const entry = inbox.find(id);
  const isWaitedFor = ({ user }: { user: string }) => waitedFor.includes(user);
  const byTray = entry ? outcomeOf({ ...entry, receipts: entry.receipts.filter(isWaitedFor) }) : reached;
  const outcome: MessageOutcome = {
    shown: [...byTray.shown, ...reached.shown],
    notShown: [...byTray.notShown, ...reached.notShown],
    pressed: byTray.pressed ?? reached.pressed,
  };
  if (stopping.aborted && outcome.shown.length === 0) return { kind: "unfinished" };
  await inbox.change(id, { openUntilMs: null, isWithdrawn: true });
  if (cancelAsked.aborted && outcome.shown.length === 0) return { kind: "cancelled" };
  return { kind: "over", outcome };
}
