import type { Transaction } from "kysely";
import type { MakeId } from "../../../platform/crypto/ids.ts";
import type { Tables } from "../../../platform/database/tables.ts";
import { MAIL_CHANNEL } from "../outbox/mail-channel.ts";
import { insertMessage } from "../outbox/outbox.repository.ts";
import { GIVE_UP_AFTER_MS } from "../outbox/retry-delay.ts";
import type { MailNote } from "./mail-note.ts";

/** Plans a mail to a user in the transaction of what it tells. It does nothing on a server that sends no mails. */
export type PlanNote = (
  tx: Transaction<Tables>,
  to: { orgId: string; userId: string },
  note: MailNote,
) => Promise<void>;

export function createPlanNote(deps: { now: () => number; makeId: MakeId; canSendMail: boolean }): PlanNote {
  const { now, makeId, canSendMail } = deps;
  return async (tx, { orgId, userId }, note) => {
    if (!canSendMail) return;
    const at = now();
    await insertMessage(tx, {
      id: makeId(),
      org_id: orgId,
      channel_id: MAIL_CHANNEL,
      recipient: userId,
      state: "waiting",
      due_at: at,
      planned_at: at,
      is_collecting: 0,
      // No collecting of alarms starts with it.
      is_urgent: 1,
      attempts: 0,
      lease_token: null,
      created_at: at,
      give_up_at: at + GIVE_UP_AFTER_MS,
      ended_at: null,
      note: JSON.stringify(note),
    });
  };
}
