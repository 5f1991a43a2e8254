import type { ActionBatchQuery } from "@muster/shared/contracts/action.ts";
import type { ActionState } from "@muster/shared/contracts/action.ts";
import type { Kysely, Transaction } from "kysely";
import type { Tables } from "../platform/database/tables.ts";
import type { IdPage } from "../platform/http/id-page.ts";
import type { ActionRow } from "./actions.tables.ts";

type Reader = Kysely<Tables>;

export type BatchCount = { batch_id: string; state: ActionState; count: number; first_id: string };

const MAX_REQUESTERS = 500;
const UNFINISHED: readonly ActionState[] = ["pending", "delivered", "executing"];

/** The newest batches of a page, one more than its limit. Batches without an action are left out. */
export function listBatches(
  db: Reader,
  orgId: string,
  filter: ActionBatchQuery,
  page: IdPage,
): Promise<{ id: string }[]> {
  const { type, requester, since, until, deviceId, state } = filter;
  let query = db.selectFrom("action_batches as b").select("b.id").where("b.org_id", "=", orgId);
  if (type) query = query.where("b.type", "=", type);
  if (requester) query = query.where("b.requester", "=", requester);
  if (since) query = query.where("b.asked_at", ">=", Date.parse(since));
  if (until) query = query.where("b.asked_at", "<", Date.parse(until));
  if (page.before !== null) query = query.where("b.id", "<", page.before);
  query = query.where(({ exists, selectFrom }) => {
    let actions = selectFrom("actions as a").select("a.id").where("a.org_id", "=", orgId);
    if (deviceId) actions = actions.where("a.device_id", "=", deviceId);
    if (state) actions = actions.where("a.state", "=", state);
    return exists(actions.whereRef("a.batch_id", "=", "b.id"));
  });
  return query
    .orderBy("b.id", "desc")
    .limit(page.limit + 1)
    .execute();
}

/** For each batch and state: how many actions, and the first of them. */
export function countByState(db: Reader, orgId: string, batchIds: readonly string[]): Promise<BatchCount[]> {
  if (batchIds.length === 0) return Promise.resolve([]);
  return db
    .selectFrom("actions")
    .select((select) => [
      "batch_id",
      "state",
      select.fn.countAll<number>().as("count"),
      select.fn.min("id").as("first_id"),
    ])
    .where("org_id", "=", orgId)
    .where("batch_id", "in", batchIds)
    .groupBy(["batch_id", "state"])
    .execute();
}

export function readActionRows(db: Reader, orgId: string, ids: readonly string[]): Promise<ActionRow[]> {
  if (ids.length === 0) return Promise.resolve([]);
  return db.selectFrom("actions").selectAll().where("org_id", "=", orgId).where("id", "in", ids).execute();
}

/** Ids of the unfinished actions of a batch whose cancellation was not requested yet, after `after`, in order. */
export async function readCancellable(
  db: Reader | Transaction<Tables>,
  orgId: string,
  batchId: string,
  { after, limit }: { after: string; limit: number },
): Promise<string[]> {
  const rows = await db
    .selectFrom("actions")
    .select("id")
    .where("org_id", "=", orgId)
    .where("batch_id", "=", batchId)
    .where("state", "in", UNFINISHED)
    .where("cancel_asked", "=", 0)
    .where("id", ">", after)
    .orderBy("id")
    .limit(limit)
    .execute();
  return rows.map(({ id }) => id);
}

/** The newest spelling of everyone who requested actions. */
export async function listRequesters(
  db: Reader,
  orgId: string,
): Promise<{ requester: string; asked_by: string }[]> {
  const rows = await db
    .selectFrom("action_batches as b")
    .select((select) => ["b.requester", select.fn.max("b.id").as("id")])
    .where("b.org_id", "=", orgId)
    .where("b.requester", "is not", null)
    .groupBy("b.requester")
    .limit(MAX_REQUESTERS)
    .execute();
  if (rows.length === 0) return [];
  const newest = await db
    .selectFrom("action_batches")
    .select(["requester", "asked_by"])
    .where("org_id", "=", orgId)
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
