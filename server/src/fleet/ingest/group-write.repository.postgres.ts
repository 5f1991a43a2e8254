import type { PoolClient } from "pg";
import type { AvailabilityChange } from "../availability/availability-state.ts";
import { intervalStatements, newestIntervals } from "../availability/interval-statements.repository.ts";
import { planInterval, type StoredInterval } from "../availability/plan-interval.ts";
import { LISTING_COLUMNS, type ListingFacts, listingOf } from "../devices/listing.ts";
import { journalRow } from "../history/journal.ts";
import type { PostgresJournal } from "../history/journal.repository.postgres.ts";
import { type CloneAudit, raisedSuspicion } from "./clone-audit.ts";
import {
  type AppliedReport,
  type CloneSuspicion,
  type DeviceChanges,
  type IngestRow,
  intervalOf,
  type ReceivedReport,
  type StateColumns,
} from "./ingest-row.ts";
import { type NewSignal, signalStatement } from "../watch/device-signals.repository.ts";
import { WRITE_GROUP, writeParameters } from "./group-statements.repository.postgres.ts";
import type { DevicesTable } from "../fleet.tables.ts";

/** A report that changes its device, stored or not, and the row on which the decision was based. */
export type ReportWrite = {
  index: number;
  row: IngestRow;
  received: ReceivedReport;
  applied: AppliedReport;
  state: StateColumns;
};

const DEADLOCK = "40P01";

/** Creates the function that writes a group: the reports whose rows and epoch have not changed since they were read. Returns those. */
export function createPostgresGroupWrite(journal: PostgresJournal, cloneAudit: CloneAudit) {
  /** The statement for a group in the order of its devices: servers that lock in one order do not deadlock. */
  async function statementFor(writes: readonly ReportWrite[], epoch: number) {
    const withSamples = writes.filter(({ applied }) => samplesOf(applied).length > 0);
    const ids = await journal.takeIds(withSamples.length);
    const rows = withSamples.flatMap(({ row, received, applied }, index) => {
      const [first, ...rest] = samplesOf(applied);
      const id = ids[index];
      if (!first || id === undefined) return [];
      const { receivedAt, instances } = received;
      const intervalS = intervalOf(received);
      const entry = { deviceNo: row.device_no, receivedAt, instances, intervalS, previous: row.journal_head };
      return { id, ...journalRow({ ...entry, samples: [first, ...rest] }) };
    });
    const heads = new Map(rows.map(({ id, device_no }) => [device_no, id]));
    const states = writes.map(({ row, state }) => ({
      ...state,
      device_no: row.device_no,
      version: row.version,
      journal_head: heads.get(row.device_no) ?? row.journal_head,
    }));
    return { name: "ingest-write", text: WRITE_GROUP, values: writeParameters(states, rows, epoch) };
  }

  return async (client: PoolClient, given: readonly ReportWrite[], epoch: number): Promise<ReportWrite[]> => {
    if (given.length === 0) return [];
    const writes = given.toSorted((a, b) => a.row.device_no - b.row.device_no);
    const statement = await statementFor(writes, epoch);
    // A group that is received around a full hour belongs to two partitions.
    const times = writes.map(({ received }) => received.receivedAt);
    await journal.ensurePartition(Math.min(...times));
    const run = async () => {
      const { rows } = await client.query<{ device_no: number }>(statement);
      const written = new Set(rows.map(({ device_no }) => device_no));
      return writes.filter(({ row }) => written.has(row.device_no));
    };
    const isStateOnly = writes.every(isStateOnlyWrite);
    const work = isStateOnly
      ? run
      : () => inTransaction(client, () => runWithDetails(client, run, cloneAudit));
    return journal.withPartition(Math.max(...times), () => retryOnDeadlock(work));
  };
}

function samplesOf(applied: AppliedReport) {
  return applied.kind === "stored" ? applied.samples : [];
}

function isStateOnlyWrite({ applied, received }: ReportWrite): boolean {
  if (applied.kind !== "stored") return true;
  if (applied.signals.length > 0) return false;
  const hasDetails = applied.device !== null || applied.inventory !== null || applied.services !== null;
  return !hasDetails && received.legacyBody === undefined;
}

async function runWithDetails(
  client: PoolClient,
  run: () => Promise<ReportWrite[]>,
  cloneAudit: CloneAudit,
): Promise<ReportWrite[]> {
  const written = await run();
  for (const write of written) {
    await writeDetails(client, write);
    const suspicion = raisedSuspicion(write.applied);
    if (suspicion) await recordSuspicion(client, write, suspicion, cloneAudit);
  }
  return written;
}

async function recordSuspicion(
  client: PoolClient,
  { row, received }: ReportWrite,
  suspicion: CloneSuspicion,
  cloneAudit: CloneAudit,
) {
  const { rows } = await client.query<Pick<DevicesTable, "label" | "hostname" | "customer_id">>(
    "select label, hostname, customer_id from devices where device_no = $1",
    [row.device_no],
  );
  if (!rows[0]) return;
  const { sql, parameters } = cloneAudit(received, rows[0], suspicion);
  await client.query(sql, [...parameters]);
}

async function writeDetails(
  client: PoolClient,
  { row, received, applied: stored }: ReportWrite,
): Promise<void> {
  if (stored.kind !== "stored") return;
  if (stored.device) await updateDevice(client, row.device_no, stored.device);
  await writeSignals(client, row, received, stored.signals);
  if (stored.availability) await writeInterval(client, row, stored.availability);
  if (stored.changesListing) {
    const { rows } = await client.query<ListingFacts>(
      `select ${LISTING_COLUMNS.join(", ")} from devices
       where device_no = $1 for update`,
      [row.device_no],
    );
    if (rows[0]) await updateDevice(client, row.device_no, listingOf(rows[0]));
  }
  if (received.legacyBody !== undefined) {
    await client.query(
      `insert into legacy_reports (device_no, org_id, body) values ($1, $2, $3)
       on conflict (device_no) do update set body = excluded.body`,
      [row.device_no, received.orgId, received.legacyBody],
    );
  }
  if (stored.inventory) {
    const { hash, body } = stored.inventory;
    await client.query(
      `insert into device_inventory (device_no, org_id, hash, received_at, body) values ($1, $2, $3, $4, $5)
       on conflict (device_no) do update
       set hash = excluded.hash, received_at = excluded.received_at, body = excluded.body`,
      [row.device_no, received.orgId, hash, received.receivedAt, JSON.stringify(body)],
    );
  }
  if (stored.services) {
    await client.query(
      `insert into device_services (device_no, org_id, changed_at, body) values ($1, $2, $3, $4)
       on conflict (device_no) do update set changed_at = excluded.changed_at, body = excluded.body
       where device_services.body <> excluded.body`,
      [row.device_no, received.orgId, received.receivedAt, JSON.stringify(stored.services)],
    );
  }
}

async function writeSignals(
  client: PoolClient,
  row: IngestRow,
  { orgId, receivedAt }: ReceivedReport,
  signals: readonly NewSignal[],
): Promise<void> {
  const device = { orgId, deviceNo: row.device_no, deviceId: row.id, at: receivedAt };
  for (const signal of signals) {
    const { sql, parameters } = signalStatement("postgres", device, signal);
    await client.query(sql, parameters);
  }
}

async function writeInterval(client: PoolClient, row: IngestRow, change: AvailabilityChange): Promise<void> {
  const { sql, parameters } = newestIntervals("postgres", row.device_no);
  const { rows } = await client.query<StoredInterval>(sql, parameters);
  const edits = planInterval(rows, change, row.last_received_at);
  for (const edit of intervalStatements("postgres", row.device_no, edits)) {
    await client.query(edit.sql, edit.parameters);
  }
}

async function updateDevice(client: PoolClient, deviceNo: number, changes: DeviceChanges): Promise<void> {
  const columns = Object.keys(changes).map((name, index) => `${name} = $${index + 2}`);
  await client.query(`update devices set ${columns.join(", ")} where device_no = $1`, [
    deviceNo,
    ...Object.values(changes),
  ]);
}

async function inTransaction<Result>(client: PoolClient, work: () => Promise<Result>): Promise<Result> {
  await client.query("begin");
  try {
    const result = await work();
    await client.query("commit");
    return result;
  } catch (error) {
    await client.query("rollback");
    throw error;
  }
}

/** A transaction that PostgreSQL cancelled because of a deadlock wrote nothing: its group is tried again. */
async function retryOnDeadlock(work: () => Promise<ReportWrite[]>): Promise<ReportWrite[]> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === DEADLOCK) return [];
    throw error;
  }
}
