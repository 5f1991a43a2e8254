import type { Transaction } from "kysely";
import type { Tables } from "../../../platform/database/tables.ts";
import type { SendResult } from "../channels/outgoing-message.ts";
import type { PushSubscriptionRow } from "../notifications.tables.ts";
import { deletePushSubscription, writePushSent } from "./push-subscription.repository.ts";
import { isGone } from "./send-push.ts";

/** Keeps what an attempt tells of a browser. One that gets no messages any more is forgotten. */
export async function recordPushResult(
  tx: Transaction<Tables>,
  { org_id: orgId, id }: Pick<PushSubscriptionRow, "org_id" | "id">,
  { result, at }: { result: SendResult; at: number },
): Promise<void> {
  if (isGone(result)) await deletePushSubscription(tx, orgId, id);
  else if (result.outcome === "sent") await writePushSent(tx, { orgId, id, at });
}
