import type { PoolClient } from "pg";
import type { DeviceCredentials } from "../../identity/index.ts";
import type { PostgresEngine } from "../../platform/database/store.ts";
import { createPostgresJournal } from "../history/journal.repository.postgres.ts";
import type { PresenceClock } from "../presence/presence-clock.ts";
import { applyReport } from "./apply-report.ts";
import type { CloneAudit } from "./clone-audit.ts";
import { createPostgresGroupWrite, type ReportWrite } from "./group-write.repository.postgres.ts";
import type { IngestRepository } from "./ingest.repository.ts";
import { type IngestOutcome, type IngestRow, outcomeOf, type ReceivedReport } from "./ingest-row.ts";
import { type ReportWatch, watchReport } from "../watch/report-watch.ts";
import { READ_ROWS } from "./group-statements.repository.postgres.ts";

type ReadRow = IngestRow & { org_id: string; epoch: number; observed_ms: number };

const MAX_ROUNDS = 50;

/**
 * Stores reports in PostgreSQL: one statement reads the devices of a group, one writes them. The write skips rows that changed since
 * they were read; these, and a second report of a device in the same group, are retried in another round.
 */
export function createPostgresIngest(deps: {
  engine: PostgresEngine;
  presenceClock: PresenceClock;
  credentials: Pick<DeviceCredentials, "recheckOnPostgres">;
  cloneAudit: CloneAudit;
  watch: ReportWatch;
}): IngestRepository {
  const { engine, presenceClock, credentials, cloneAudit, watch } = deps;
  const writeGroup = createPostgresGroupWrite(createPostgresJournal(engine.pool), cloneAudit);

  async function readRows(client: PoolClient, reports: readonly ReceivedReport[]) {
    const ids = [...new Set(reports.map(({ deviceId }) => deviceId))];
    const { rows } = await client.query<ReadRow>({ name: "ingest-read", text: READ_ROWS, values: [ids] });
    if (rows[0]) presenceClock.adopt(rows[0].observed_ms);
    return new Map(rows.map((row) => [row.id, row]));
  }

  /** Sets the outcomes of the reports that it could store or refuse. */
  async function round(
    client: PoolClient,
    reports: readonly ReceivedReport[],
    outcomes: (IngestOutcome | undefined)[],
  ): Promise<void> {
    const rows = await readRows(client, reports);
    const epoch = rows.values().next().value?.epoch ?? 0;
    const credentialIds = reports.map(({ credentialId }) => credentialId);
    const revoked = await credentials.recheckOnPostgres(client, epoch, credentialIds);
    const moment = { now: presenceClock.now(), gapEndedAt: presenceClock.gapEndedAt() };
    const writes = new Map<string, ReportWrite>();
    for (const [index, received] of reports.entries()) {
      if (outcomes[index] !== undefined || writes.has(received.deviceId)) continue;
      const row = rows.get(received.deviceId);
      if (!row || row.org_id !== received.orgId) outcomes[index] = { kind: "not-found" };
      else if (revoked.has(received.credentialId)) outcomes[index] = { kind: "revoked" };
      else {
        const applied = watchReport(watch, applyReport(row, received, moment), row, {
          received,
          observedNow: moment.now,
        });
        if (applied.state === null) outcomes[index] = outcomeOf(applied, row);
        else writes.set(row.id, { index, row, received, applied, state: applied.state });
      }
    }
    for (const { index, row, applied } of await writeGroup(client, [...writes.values()], epoch)) {
      outcomes[index] = outcomeOf(applied, row);
    }
  }

  return {
    async commit(reports) {
      const outcomes = reports.map((): IngestOutcome | undefined => undefined);
      const client = await engine.pool.connect();
      try {
        for (let rounds = 0; rounds < MAX_ROUNDS; rounds += 1) {
          await round(client, reports, outcomes);
          const settled = outcomes.filter((outcome) => outcome !== undefined);
          if (settled.length === reports.length) return settled;
        }
        throw new Error(
          `A group of reports was not stored in ${MAX_ROUNDS} rounds, because other servers kept changing its devices.`,
        );
      } finally {
        client.release();
      }
    },
  };
}
