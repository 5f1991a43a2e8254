import type { ActionType } from "@muster/shared/actions/catalog.ts";
import type { ActionListQuery } from "@muster/shared/contracts/action.ts";
import type { Kysely, Transaction } from "kysely";
import type { Dialect } from "../platform/database/store.ts";
import type { Tables } from "../platform/database/tables.ts";
import type { IdPage } from "../platform/http/id-page.ts";
import type { ActionBatchRow, ActionRow } from "./actions.tables.ts";
import { RECORD_COLUMNS, type RecordRow } from "./device-record.ts";
import { isDeviceOfTenant, signalChange } from "../fleet/index.ts";
import type { Tenant } from "../platform/tenant.ts";

type Reader = Kysely<Tables>;
type Writer = Transaction<Tables>;

/** Rows of one insert: keeps the number of bound values below SQLite's limit. */
const ROWS_PER_INSERT = 200;

const ENDED_PER_DEVICE = 200;

/** The SQL of actions; the tenant comes first in every call. */
export function createActionRepository(dialect: Dialect) {
  return { ...reads, ...writes, ...createLocks(dialect === "postgres") };
}

export type ActionRepository = ReturnType<typeof createActionRepository>;

/** The actions of the devices that a tenant reaches. Every read of actions for a member has this condition. */
export function selectActions(db: Reader, tenant: Tenant) {
  return db
    .selectFrom("actions")
    .where("org_id", "=", tenant.orgId)
    .where(isDeviceOfTenant(tenant, "device_id"));
}

const reads = {
  find(db: Reader, tenant: Tenant, id: string): Promise<ActionRow | undefined> {
    return selectActions(db, tenant).selectAll().where("id", "=", id).executeTakeFirst();
  },

  /** The states of those of these actions that the tenant reaches. */
  async readOutcomes(db: Reader, tenant: Tenant, ids: readonly string[]) {
    const found: (Pick<ActionRow, "id" | "state" | "type"> & { deviceId: string })[] = [];
    for (let at = 0; at < ids.length; at += ROWS_PER_INSERT) {
      const slice = ids.slice(at, at + ROWS_PER_INSERT);
      const rows = await selectActions(db, tenant)
        .select(["id", "state", "type", "device_id as deviceId"])
        .where("id", "in", slice)
        .execute();
      found.push(...rows);
    }
    return found;
  },

  /** Those of these actions that the tenant reaches. */
  async filterIds(db: Reader, tenant: Tenant, ids: readonly string[]): Promise<string[]> {
    const found: string[] = [];
    for (let at = 0; at < ids.length; at += ROWS_PER_INSERT) {
      const slice = ids.slice(at, at + ROWS_PER_INSERT);
      const rows = await selectActions(db, tenant).select("id").where("id", "in", slice).execute();
      found.push(...rows.map(({ id }) => id));
    }
    return found;
  },

  findBatchByKey(db: Reader, orgId: string, idempotencyKey: string): Promise<ActionBatchRow | undefined> {
    return db
      .selectFrom("action_batches")
      .selectAll()
      .where("org_id", "=", orgId)
      .where("idempotency_key", "=", idempotencyKey)
      .executeTakeFirst();
  },

  /** Ids of claimed or executing actions of a device whose cancellation was requested. */
  async cancelRequestedIds(db: Reader, orgId: string, deviceId: string): Promise<string[]> {
    const rows = await db
      .selectFrom("actions")
      .select("id")
      .where("org_id", "=", orgId)
      .where("device_id", "=", deviceId)
      .where("state", "in", ["delivered", "executing"])
      .where("cancel_asked", "=", 1)
      .limit(100)
      .execute();
    return rows.map(({ id }) => id);
  },

  /** The types of which the newest action that ended on a device has failed. The newest 200 decide. */
  async failedTypes(db: Reader, orgId: string, deviceId: string): Promise<ActionType[]> {
    const ended = await db
      .selectFrom("actions")
      .select(["type", "state"])
      .where("org_id", "=", orgId)
      .where("device_id", "=", deviceId)
      .where("state", "in", ["done", "error"])
      .orderBy("id", "desc")
      .limit(ENDED_PER_DEVICE)
      .execute();
    const newest = new Map(ended.toReversed().map(({ type, state }) => [type, state]));
    return [...newest].flatMap(([type, state]) => (state === "error" ? [type] : []));
  },

  /** The newest of one device, without the columns that may be long. */
  readNewest(db: Reader, orgId: string, deviceId: string, limit: number): Promise<RecordRow[]> {
    return db
      .selectFrom("actions")
      .select(RECORD_COLUMNS)
      .where("org_id", "=", orgId)
      .where("device_id", "=", deviceId)
      .orderBy("id", "desc")
      .limit(limit)
      .execute();
  },

  /** The newest of a page, one more than its limit. */
  list(db: Reader, tenant: Tenant, filter: ActionListQuery, page: IdPage): Promise<ActionRow[]> {
    let query = selectActions(db, tenant).selectAll();
    if (filter.deviceId) query = query.where("device_id", "=", filter.deviceId);
    if (filter.batchId) query = query.where("batch_id", "=", filter.batchId);
    if (filter.type) query = query.where("type", "=", filter.type);
    if (filter.state) query = query.where("state", "=", filter.state);
    if (page.before !== null) query = query.where("id", "<", page.before);
    return query
      .orderBy("id", "desc")
      .limit(page.limit + 1)
      .execute();
  },
};

const writes = {
  async insert(tx: Writer, rows: readonly ActionRow[]): Promise<void> {
    for (let at = 0; at < rows.length; at += ROWS_PER_INSERT) {
      await tx
        .insertInto("actions")
        .values(rows.slice(at, at + ROWS_PER_INSERT))
        .execute();
    }
  },

  /** Inserts the batch, or returns the one that used its idempotency key before. */
  async insertBatchOnce(tx: Writer, batch: ActionBatchRow): Promise<ActionBatchRow | undefined> {
    const { numInsertedOrUpdatedRows } = await tx
      .insertInto("action_batches")
      .values(batch)
      .onConflict((conflict) => conflict.columns(["org_id", "idempotency_key"]).doNothing())
      .executeTakeFirstOrThrow();
    if (numInsertedOrUpdatedRows === 1n) return undefined;
    return tx
      .selectFrom("action_batches")
      .selectAll()
      .where("org_id", "=", batch.org_id)
      .where("idempotency_key", "=", batch.idempotency_key)
      .executeTakeFirstOrThrow();
  },

  /** Writes a row back as a transition made it, and signals its end. The caller has locked it. */
  async update(tx: Writer, orgId: string, row: ActionRow): Promise<void> {
    const { id, org_id, ...columns } = row;
    await tx.updateTable("actions").set(columns).where("org_id", "=", orgId).where("id", "=", id).execute();
    const { device_id: deviceId, changed_at: at } = row;
    // Those who watch devices look at what became of it.
    if (row.state === "done" || row.state === "error") await signalChange(tx, { orgId, deviceId, at });
  },
};

/** Reads rows and keeps other servers away from them until the transaction ends. SQLite has one writer and needs no lock. */
function createLocks(isPostgres: boolean) {
  return {
    /** One row. */
    lock(tx: Writer, orgId: string, id: string): Promise<ActionRow | undefined> {
      const query = tx.selectFrom("actions").selectAll().where("org_id", "=", orgId).where("id", "=", id);
      return (isPostgres ? query.forUpdate() : query).executeTakeFirst();
    },

    /** Pending actions of a device, oldest first, without those that another server has locked. */
    lockPending(tx: Writer, orgId: string, deviceId: string, limit: number): Promise<ActionRow[]> {
      const query = tx
        .selectFrom("actions")
        .selectAll()
        .where("org_id", "=", orgId)
        .where("device_id", "=", deviceId)
        .where("state", "=", "pending")
        .orderBy("id")
        .limit(limit);
      return (isPostgres ? query.forUpdate().skipLocked() : query).execute();
    },

    /** Pending actions of one type on these devices, in one order, so that two requests never deadlock. */
    async lockPendingOfType(
      tx: Writer,
      orgId: string,
      deviceIds: readonly string[],
      type: ActionType,
    ): Promise<ActionRow[]> {
      const found: ActionRow[] = [];
      const inOrder = deviceIds.toSorted();
      for (let at = 0; at < inOrder.length; at += ROWS_PER_INSERT) {
        const query = tx
          .selectFrom("actions")
          .selectAll()
          .where("org_id", "=", orgId)
          .where("device_id", "in", inOrder.slice(at, at + ROWS_PER_INSERT))
          .where("type", "=", type)
          .where("state", "=", "pending")
          .orderBy("device_id")
          .orderBy("id");
        found.push(...(await (isPostgres ? query.forUpdate() : query).execute()));
      }
      return found;
    },
  };
}
