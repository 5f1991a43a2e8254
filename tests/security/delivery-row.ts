import { pino } from "pino";
import { migrations } from "../../server/migrations/index.ts";
import { createUuidV7Factory } from "../../server/src/platform/crypto/ids.ts";
import { openStore } from "../../server/src/platform/database/open-store.ts";

const makeId = createUuidV7Factory(Date.now);

/** A delivery that was sent, without an alarm. Returns its id. */
export async function insertDelivery(databaseUrl: string, orgId: string): Promise<string> {
  const store = await openStore({ url: databaseUrl, log: pino({ level: "silent" }), migrations });
  try {
    const [id, messageId] = [makeId(), makeId()];
    const at = Date.now();
    const common = { org_id: orgId, channel_id: "mail", recipient: orgId, state: "sent" } as const;
    await store.transaction(async (tx) => {
      await tx
        .insertInto("notification_messages")
        .values({
          ...common,
          id: messageId,
          due_at: at,
          planned_at: at,
          is_collecting: 0,
          is_urgent: 0,
          attempts: 1,
          lease_token: null,
          created_at: at,
          give_up_at: at,
          ended_at: at,
        })
        .execute();
      await tx
        .insertInto("deliveries")
        .values({
          ...common,
          id,
          message_id: messageId,
          alarm_id: makeId(),
          event_number: 1,
          repetition: 0,
          kind: "opened",
          severity: "warning",
          customer_id: null,
          at,
        })
        .execute();
    });
    return id;
  } finally {
    await store.close();
  }
}
