import type { ActionBatchQuery } from "@muster/shared/contracts/action.ts";
import type { ActionState } from "@muster/shared/contracts/action.ts";
import type { Kysely } from "kysely";
import type { Tables } from "../platform/database/tables.ts";
import type { IdPage } from "../platform/http/id-page.ts";
import type { Tenant } from "../platform/tenant.ts";
import { selectActions } from "./action.repository.ts";
import type { ActionRow } from "./actions.tables.ts";

type Reader = Kysely<Tables>;

export type BatchCount = { batch_id: string; state: ActionState; count: number; first_id: string };

const MAX_REQUESTERS = 500;
const UNFINISHED: readonly ActionState[] = ["pending", "delivered", "executing"];

/** The newest batches of a page, one more than its limit. Batches without an action are left out. */
export function listBatches(
  db: Reader,
  tenant: Tenant,
  filter: ActionBatchQuery,
  page: IdPage,
): Promise<{ id: string }[]> {
  const { type, requester, since, until, deviceId, state } = filter;
  let query = db.selectFrom("action_batches as b").select("b.id").where("b.org_id", "=", tenant.orgId);
  if (type) query = query.where("b.type", "=", type);
  if (requester) query = query.where("b.requester", "=", requester);
  if (since) query = query.where("b.asked_at", ">=", Date.parse(since));
  if (until) query = query.where("b.asked_at", "<", Date.parse(until));
  if (page.before !== null) query = query.where("b.id", "<", page.before);
  query = query.where(({ exists, ref }) => {
    let actions = selectActions(db, tenant).select("id");
    if (deviceId) actions = actions.where("device_id", "=", deviceId);
    if (state) actions = actions.where("state", "=", state);
    return exists(actions.where("batch_id", "=", ref("b.id")));
  });
  return query
    .orderBy("b.id", "desc")
    .limit(page.limit + 1)
    .execute();
}

/** For each batch and state: how many actions, and the first of them. */
export function countByState(db: Reader, tenant: Tenant, batchIds: readonly string[]): Promise<BatchCount[]> {
  if (batchIds.length === 0) return Promise.resolve([]);
  return selectActions(db, tenant)
    .select((select) => [
      "batch_id",
      "state",
      select.fn.countAll<number>().as("count"),
      select.fn.min("id").as("first_id"),
    ])
    .where("batch_id", "in", batchIds)
    .groupBy(["batch_id", "state"])
    .execute();
}

export function readActionRows(db: Reader, tenant: Tenant, ids: readonly string[]): Promise<ActionRow[]> {
  if (ids.length === 0) return Promise.resolve([]);
  return selectActions(db, tenant).selectAll().where("id", "in", ids).execute();
}

/** Ids of the unfinished actions of a batch whose cancellation was not requested yet, after `after`, in order. */
export async function readCancellable(
  db: Reader,
  tenant: Tenant,
  batchId: string,
  { after, limit }: { after: string; limit: number },
): Promise<string[]> {
  const rows = await selectActions(db, tenant)
    .select("id")
    .where("batch_id", "=", batchId)
    .where("state", "in", UNFINISHED)
    .where("cancel_asked", "=", 0)
    .where("id", ">", after)
    .orderBy("id")
    .limit(limit)
    .execute();
  return rows.map(({ id }) => id);
}

/** The newest spelling of everyone who requested actions that the tenant reaches. */
export async function listRequesters(
  db: Reader,
  tenant: Tenant,
): Promise<{ requester: string; asked_by: string }[]> {
  const rows = await db
    .selectFrom("action_batches as b")
    .select((select) => ["b.requester", select.fn.max("b.id").as("id")])
    .where("b.org_id", "=", tenant.orgId)
    .where("b.requester", "is not", null)
    .$if(tenant.customerIds !== null, (query) =>
      query.where(({ exists, ref }) =>
        exists(selectActions(db, tenant).select("id").where("batch_id", "=", ref("b.id"))),
      ),
    )
    .groupBy("b.requester")
    .limit(MAX_REQUESTERS)
    .execute();
  if (rows.length === 0) return [];
  const newest = await db
    .selectFrom("action_batches")
    .select(["requester", "asked_by"])
    .where("org_id", "=", tenant.orgId)
    .where(
      "id",
      "in",
      rows.map(({ id }) => id),
    )
    .execute();
  return newest.flatMap(({ requester, asked_by }) =>
    requester === null || asked_by === null ? [] : [{ requester, asked_by }],
  );
}
