import { setImmediate } from "node:timers/promises";
import type { Clock } from "../../platform/clock.ts";
import type { Store } from "../../platform/database/store.ts";
import type { Job } from "../../platform/jobs/job.ts";
import type { RetentionClock } from "../../platform/jobs/retention-clock.ts";
import { type Tenant, wholeOrganization } from "../../platform/tenant.ts";
import type { AlarmHints } from "../alarms/alarm-hints.ts";
import { lockAlarms, updateAlarm } from "../alarms/alarm.repository.ts";
import { type OpenAlarm, visitMatches } from "./matched-alarms.ts";
import { matchOf } from "./silence-match.ts";
import {
  deleteClosedSilences,
  readAllActiveSilences,
  readUnclosedSilences,
  writeSilenceProgress,
} from "./silence.system-repository.ts";
import { IDLE_MS } from "./silence-view.ts";
import type { SilenceRow } from "./silences.tables.ts";

const HOUR_MS = 3_600_000;
/** Silences are kept for this time after their end. */
const KEPT_MS = 365 * 24 * HOUR_MS;
const ALARMS_PER_TRANSACTION = 100;

type Deps = { store: Store; clock: Clock; hints: Pick<AlarmHints, "publish"> };

/**
 * After the end of a silence, marks what it kept quiet and still holds as muted: the job about muted alarms announces it once nothing else
 * keeps it quiet. Alarms that began within the silence are marked since then; these are the ones that were announced before it.
 */
export function createSilenceEndsJob({ store, clock, hints }: Deps): Job {
  async function close(row: SilenceRow): Promise<void> {
    const tenant = wholeOrganization(row.org_id);
    const found = (await matchesOf(store, tenant, row)).filter(({ key }) => key > (row.released_to ?? ""));
    for (let start = 0; start < found.length; start += ALARMS_PER_TRANSACTION) {
      const slice = found.slice(start, start + ALARMS_PER_TRANSACTION);
      const ids = slice.map(({ id }) => id);
      await store.transaction(async (tx) => {
        for (const alarm of await lockAlarms(tx, store.dialect, tenant, ids)) {
          const isOfSilence = alarm.opened_at <= (row.ended_at ?? row.ends_at);
          const holds = alarm.ended_at === null && alarm.is_violating === 1;
          if (!isOfSilence || !holds || alarm.acknowledged_at !== null || alarm.is_muted === 1) continue;
          await updateAlarm(tx, { ...alarm, is_muted: 1 });
        }
        // With the alarms, so that a server that is killed announces none of them twice.
        await writeSilenceProgress(tx, row.id, { released_to: slice.at(-1)?.key ?? null });
      });
      hints.publish(row.org_id, ids);
    }
    await store.transaction((tx) => writeSilenceProgress(tx, row.id, { closed_at: clock.now() }));
  }

  return {
    name: "silence-ends",
    everyMs: 2_000,
    async run(signal) {
      for (const row of await readUnclosedSilences(store.read, clock.now())) {
        if (signal.aborted) return;
        await close(row);
      }
    },
  };
}

/** Notes since when silences have matched nothing, and ends those that were made to end then. */
export function createIdleSilencesJob({ store, clock }: Pick<Deps, "store" | "clock">): Job {
  return {
    name: "silence-idle",
    everyMs: 60_000,
    async run(signal) {
      const now = clock.now();
      for (const [orgId, rows] of Map.groupBy(
        await readAllActiveSilences(store.read, now),
        (row) => row.org_id,
      )) {
        if (signal.aborted) return;
        const matching = new Set<string>();
        const matches = rows.map((row) => ({ ...matchOf(row), id: row.id }));
        await visitMatches(store.read, wholeOrganization(orgId), matches, {
          visit: (_, of) => of.forEach(({ id }) => matching.add(id)),
          pause: () => setImmediate(),
        });
        for (const row of rows) {
          const change = idleChange(row, matching.has(row.id), now);
          if (change !== null) await store.transaction((tx) => writeSilenceProgress(tx, row.id, change));
        }
      }
    },
  };
}

/** What is written of a silence that matches something now, or nothing; null for nothing new. */
function idleChange(
  row: Pick<SilenceRow, "idle_since" | "ends_when_idle">,
  isMatching: boolean,
  now: number,
): Partial<Pick<SilenceRow, "idle_since" | "ended_at" | "end_reason">> | null {
  if (isMatching) return row.idle_since === null ? null : { idle_since: null };
  if (row.idle_since === null) return { idle_since: now };
  if (row.ends_when_idle === 0 || now - row.idle_since < IDLE_MS) return null;
  return { ended_at: now, end_reason: "idle" };
}

/** Deletes silences a year after their end. Follows the retention clock, so that a wrong wall clock deletes nothing early. */
export function createSilenceRetentionJob(deps: {
  store: Store;
  retentionClock: Pick<RetentionClock, "advance">;
}): Job {
  return {
    name: "silence-retention",
    everyMs: HOUR_MS,
    async run() {
      const now = await deps.retentionClock.advance();
      if (now !== null) await deps.store.transaction((tx) => deleteClosedSilences(tx, now - KEPT_MS));
    },
  };
}

async function matchesOf(store: Store, tenant: Tenant, row: SilenceRow): Promise<OpenAlarm[]> {
  const found: OpenAlarm[] = [];
  await visitMatches(store.read, tenant, [matchOf(row)], {
    visit: (alarm) => found.push(alarm),
    pause: () => setImmediate(),
  });
  return found;
}
