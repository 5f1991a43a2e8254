import { setImmediate } from "node:timers/promises";
import type { Clock } from "../../platform/clock.ts";
import type { Store } from "../../platform/database/store.ts";
import { wholeOrganization } from "../../platform/tenant.ts";
import type { Notify } from "../alarm-notice.ts";
import { lockAlarms } from "./alarm.repository.ts";
import { readPendingAlarms } from "./alarm.system-repository.ts";
import type { AlarmHints } from "./alarm-hints.ts";
import { type AlarmStep, calmed, expired, released } from "./alarm-machine.ts";
import { deviceIdsOf, readCausesOf } from "./alarm-reads.ts";
import type { AlarmRow } from "./alarms.tables.ts";
import type { Muting } from "./mute-causes.ts";
import { drafted, writeAlarms } from "./write-alarms.ts";

const ALARMS_PER_READ = 500;
const ALARMS_PER_TRANSACTION = 100;

/**
 * Does what the time brings: ends acknowledgements and snoozes, calms unstable alarms, and announces what was muted once its cause is over
 * and it still holds.
 */
export function createPendingAlarms(deps: {
  store: Store;
  clock: Clock;
  notify: Notify;
  hints: Pick<AlarmHints, "publish">;
}) {
  const { store, clock, notify, hints } = deps;

  async function apply(orgId: string, ids: readonly string[]): Promise<void> {
    const tenant = wholeOrganization(orgId);
    const changed = await store.transaction(async (tx) => {
      const now = clock.now();
      const rows = await lockAlarms(tx, store.dialect, tenant, ids);
      const causes = await readCausesOf(tx, tenant, deviceIdsOf(rows), now);
      const drafts = rows.flatMap((row) => {
        const muting = causes.causeOf(row);
        const step = dueStep(row, now, muting);
        return step === null ? [] : [drafted(null, step, { muting })];
      });
      await writeAlarms(tx, notify, drafts);
      return drafts.map(({ row }) => row.id);
    });
    hints.publish(orgId, changed);
  }

  /** The alarms of a slice for which something is due, by organization. */
  async function findDue(rows: readonly AlarmRow[]): Promise<Map<string, string[]>> {
    const now = clock.now();
    const due = new Map<string, string[]>();
    for (const [orgId, ofOrganization] of Map.groupBy(rows, ({ org_id }) => org_id)) {
      const tenant = wholeOrganization(orgId);
      const muted = ofOrganization.filter(({ is_muted }) => is_muted === 1);
      const causes = await readCausesOf(store.read, tenant, deviceIdsOf(muted), now);
      const found = ofOrganization.filter((row) => dueStep(row, now, causes.causeOf(row)) !== null);
      if (found.length > 0)
        due.set(
          orgId,
          found.map(({ id }) => id),
        );
    }
    return due;
  }

  return {
    async run(signal: AbortSignal): Promise<void> {
      for (let after = ""; !signal.aborted; ) {
        const rows = await readPendingAlarms(store.read, { after, limit: ALARMS_PER_READ });
        for (const [orgId, ids] of await findDue(rows)) {
          for (let start = 0; start < ids.length && !signal.aborted; start += ALARMS_PER_TRANSACTION) {
            await apply(orgId, ids.slice(start, start + ALARMS_PER_TRANSACTION));
          }
        }
        const last = rows.at(-1);
        if (!last || rows.length < ALARMS_PER_READ) return;
        after = last.id;
        await setImmediate();
      }
    },
  };
}

function dueStep(row: AlarmRow, now: number, muting: Muting | null): AlarmStep | null {
  const step = calmed(row, now) ?? expired(row, now);
  if (step !== null || row.ended_at !== null) return step;
  // An unstable alarm may be open although its condition does not hold.
  const isDue = row.is_muted === 1 && muting === null && row.is_violating === 1;
  return isDue ? released(row, now) : null;
}
