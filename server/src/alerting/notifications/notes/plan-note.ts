import type { Transaction } from "kysely";
import type { MakeId } from "../../../platform/crypto/ids.ts";
import type { Tables } from "../../../platform/database/tables.ts";
import { insertMessage } from "../outbox/outbox.repository.ts";
import { GIVE_UP_AFTER_MS } from "../outbox/retry-delay.ts";
import { readUserTargets } from "../outbox/user-targets.ts";
import type { UserNote } from "./user-note.ts";

/** Plans to tell a user something, in the transaction of what it tells: by mail and in the browsers that the user chose. Does nothing without either. */
export type PlanNote = (
  tx: Transaction<Tables>,
  to: { orgId: string; userId: string },
  note: UserNote,
) => Promise<void>;

export function createPlanNote(deps: { now: () => number; makeId: MakeId; canSendMail: boolean }): PlanNote {
  const { now, makeId, canSendMail } = deps;
  return async (tx, to, note) => {
    const at = now();
    for (const target of await readUserTargets(tx, to, canSendMail))
      await insertMessage(tx, {
        id: makeId(),
        org_id: to.orgId,
        ...target,
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
