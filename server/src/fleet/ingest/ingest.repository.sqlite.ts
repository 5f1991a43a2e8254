import type { Statement } from "better-sqlite3";
import type { DeviceCredentials } from "../../identity/index.ts";
import type { SqliteEngine } from "../../platform/database/store.ts";
import type { AvailabilityChange } from "../availability/availability-state.ts";
import { intervalStatements, newestIntervals } from "../availability/interval-statements.repository.ts";
import { planInterval, type StoredInterval } from "../availability/plan-interval.ts";
import { LISTING_COLUMNS, type ListingFacts, listingOf } from "../devices/listing.ts";
import { createSqliteJournal, type SqliteJournal } from "../history/journal.repository.sqlite.ts";
import type { PresenceClock } from "../presence/presence-clock.ts";
import { applyReport } from "./apply-report.ts";
import { type CloneAudit } from "./clone-audit.ts";
import type { IngestRepository } from "./ingest.repository.ts";
import {
  type CloneSuspicion,
  DEVICE_COLUMNS,
  type DeviceChanges,
  type IngestOutcome,
  type IngestRow,
  intervalOf,
  outcomeOf,
  type ReceivedReport,
  STATE_COLUMNS,
  type StateColumns,
  type StoredReport,
} from "./ingest-row.ts";
import type { DevicesTable } from "../fleet.tables.ts";
import { type NewSignal, signalStatement } from "../watch/device-signals.repository.ts";
import { type ReportWatch, watchReport } from "../watch/report-watch.ts";

/** Columns of the state that nearly every report changes. For most reports the others stay, and need not be bound. */
const OFTEN_CHANGED_COLUMNS = [
  "live_sequence",
  "live_digest",
  "last_seen_at",
  "last_received_at",
  "clock_offset_ms",
  "sampled_at",
  "cpu",
  "memory",
  "disk",
  "disk_free",
  "status",
  "score",
] as const satisfies readonly (keyof StateColumns)[];
const RARELY_CHANGED_COLUMNS = STATE_COLUMNS.filter(
  (name) => !OFTEN_CHANGED_COLUMNS.some((often) => often === name),
);

type Value = string | number | Buffer | null;

/** Stores reports in SQLite: prepared statements, one immediate transaction for a group. */
export function createSqliteIngest(deps: {
  engine: SqliteEngine;
  presenceClock: PresenceClock;
  credentials: Pick<DeviceCredentials, "recheckOnSqlite">;
  cloneAudit: CloneAudit;
  watch: ReportWatch;
}): IngestRepository {
  const { engine, presenceClock, credentials, cloneAudit, watch } = deps;
  const { writer } = engine;
  const journal = createSqliteJournal(writer);
  const statements = prepareStatements(writer);
  const updateDevice = createDeviceUpdate(writer);

  function recordSuspicion(row: IngestRow, received: ReceivedReport, suspicion: CloneSuspicion): void {
    const facts = statements.readNamed.get(row.device_no);
    if (!facts) return;
    const { sql, parameters } = cloneAudit(received, facts, suspicion);
    writer.prepare(sql).run(...parameters);
  }

  function writeInterval(row: IngestRow, change: AvailabilityChange): void {
    const { sql, parameters } = newestIntervals("sqlite", row.device_no);
    const newest = writer.prepare<Value[], StoredInterval>(sql).all(...parameters);
    const edits = planInterval(newest, change, row.last_received_at);
    for (const edit of intervalStatements("sqlite", row.device_no, edits)) {
      writer.prepare<Value[]>(edit.sql).run(...edit.parameters);
    }
  }

  function writeDetails(row: IngestRow, received: ReceivedReport, stored: StoredReport): void {
    if (stored.device) updateDevice(row.device_no, stored.device);
    if (stored.availability) writeInterval(row, stored.availability);
    if (stored.changesListing) {
      const facts = statements.readListing.get(row.device_no);
      if (facts) updateDevice(row.device_no, listingOf(facts));
    }
    if (stored.suspicion) recordSuspicion(row, received, stored.suspicion);
    if (received.legacyBody !== undefined)
      statements.writeLegacyReport.run(row.device_no, received.orgId, received.legacyBody);
    if (stored.inventory) {
      const { hash, body } = stored.inventory;
      statements.writeInventory.run(
        row.device_no,
        received.orgId,
        hash,
        received.receivedAt,
        JSON.stringify(body),
      );
    }
    if (stored.services) {
      const body = JSON.stringify(stored.services);
      statements.writeServices.run(row.device_no, received.orgId, received.receivedAt, body);
    }
  }

  function writeSignal(row: IngestRow, { orgId, receivedAt }: ReceivedReport, signal: NewSignal): void {
    const device = { orgId, deviceNo: row.device_no, deviceId: row.id, at: receivedAt };
    const { sql, parameters } = signalStatement("sqlite", device, signal);
    writer.prepare<Value[]>(sql).run(...parameters);
  }

  function writeState(row: IngestRow, journalHead: number | null, state: StateColumns): void {
    const isOrdinary = RARELY_CHANGED_COLUMNS.every((name) => state[name] === row[name]);
    const columns = isOrdinary ? OFTEN_CHANGED_COLUMNS : STATE_COLUMNS;
    const statement = isOrdinary ? statements.writeOrdinaryState : statements.writeState;
    statement.run(journalHead, ...columns.map((name) => state[name]), row.device_no);
  }

  function store(received: ReceivedReport): IngestOutcome {
    const row = statements.readRow.get(received.deviceId, received.orgId);
    if (!row) return { kind: "not-found" };
    const moment = { now: presenceClock.now(), gapEndedAt: presenceClock.gapEndedAt() };
    const applied = watchReport(watch, applyReport(row, received, moment), row, {
      received,
      observedNow: moment.now,
    });
    if (applied.kind !== "stored") {
      if (applied.state) writeState(row, row.journal_head, applied.state);
      return outcomeOf(applied, row);
    }
    writeState(row, append(journal, row, received, applied), applied.state);
    if (applied.device || applied.inventory || applied.services || received.legacyBody !== undefined) {
      writeDetails(row, received, applied);
    }
    for (const signal of applied.signals) writeSignal(row, received, signal);
    return outcomeOf(applied, row);
  }

  return {
    commit: (reports) =>
      engine.runExclusive(() => {
        const credentialIds = reports.map(({ credentialId }) => credentialId);
        const revoked = credentials.recheckOnSqlite(writer, statements.readEpoch.get() ?? 0, credentialIds);
        return reports.map((received) =>
          revoked.has(received.credentialId) ? { kind: "revoked" } : store(received),
        );
      }),
  };
}

/** Updates columns of a device. Few combinations of columns change together, so their statements are cached. */
function createDeviceUpdate(writer: SqliteEngine["writer"]) {
  const updates = new Map<string, Statement<Value[]>>();
  return (deviceNo: number, changes: DeviceChanges): void => {
    const columns = Object.keys(changes);
    const sql = `update devices set ${columns.map((name) => `${name} = ?`).join(", ")} where device_no = ?`;
    const statement = updates.get(sql) ?? writer.prepare<Value[]>(sql);
    updates.set(sql, statement);
    statement.run(...Object.values(changes), deviceNo);
  };
}

function append(
  journal: SqliteJournal,
  row: IngestRow,
  received: ReceivedReport,
  { samples }: StoredReport,
): number | null {
  const [first, ...rest] = samples;
  if (!first) return row.journal_head;
  return journal.append({
    deviceNo: row.device_no,
    receivedAt: received.receivedAt,
    samples: [first, ...rest],
    instances: received.instances,
    intervalS: intervalOf(received),
    previous: row.journal_head,
  });
}

function prepareStatements(writer: SqliteEngine["writer"]) {
  return {
    readEpoch: writer.prepare<[], number>("select epoch from auth_epoch where id = 1").pluck(),
    // A bare parameter in a join makes this SQLite plan again at each call; see sqlite-dialect.ts.
    readRow: writer.prepare<[string, string], IngestRow>(
      `select s.device_no, s.version, s.journal_head, ${STATE_COLUMNS.map((name) => `s.${name}`).join(", ")},
         ${DEVICE_COLUMNS.map((name) => `d.${name}`).join(", ")}
       from devices d join device_state s on s.device_no = d.device_no
       where d.id = +? and d.org_id = +?`,
    ),
    writeState: prepareStateUpdate(writer, STATE_COLUMNS),
    writeOrdinaryState: prepareStateUpdate(writer, OFTEN_CHANGED_COLUMNS),
    readListing: writer.prepare<[number], ListingFacts>(
      `select ${LISTING_COLUMNS.join(", ")} from devices where device_no = ?`,
    ),
    readNamed: writer.prepare<[number], Pick<DevicesTable, "label" | "hostname" | "customer_id">>(
      "select label, hostname, customer_id from devices where device_no = ?",
    ),
    writeInventory: writer.prepare<[number, string, string, number, string]>(
      `insert into device_inventory (device_no, org_id, hash, received_at, body) values (?, ?, ?, ?, ?)
       on conflict (device_no) do update
       set hash = excluded.hash, received_at = excluded.received_at, body = excluded.body`,
    ),
    writeServices: writer.prepare<[number, string, number, string]>(
      `insert into device_services (device_no, org_id, changed_at, body) values (?, ?, ?, ?)
       on conflict (device_no) do update set changed_at = excluded.changed_at, body = excluded.body
       where device_services.body <> excluded.body`,
    ),
    writeLegacyReport: writer.prepare<[number, string, string]>(
      `insert into legacy_reports (device_no, org_id, body) values (?, ?, ?)
       on conflict (device_no) do update set body = excluded.body`,
    ),
  };
}

function prepareStateUpdate(writer: SqliteEngine["writer"], columns: readonly (keyof StateColumns)[]) {
  return writer.prepare<Value[]>(
    `update device_state set version = version + 1, journal_head = ?, ${columns.map((name) => `${name} = ?`).join(", ")}
     where device_no = ?`,
  );
}
