import { readOutages } from "../../fleet/index.ts";
import type { MakeId } from "../../platform/crypto/ids.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Store } from "../../platform/database/store.ts";
import { wholeOrganization } from "../../platform/tenant.ts";
import type { Notify } from "../alarm-notice.ts";
import { lockAlarmsOfKeys } from "./alarm.repository.ts";
import type { AlarmHints } from "./alarm-hints.ts";
import { OUTAGE_KEY } from "./alarm-key.ts";
import { CHANGES_MS, changesOf, cleared, opened, recurs, violated } from "./alarm-machine.ts";
import { readCausesOf } from "./alarm-reads.ts";
import { readLastingByOrganization } from "./alarm.system-repository.ts";
import type { AlarmRow } from "./alarms.tables.ts";
import { drafted, writeAlarms } from "./write-alarms.ts";

/**
 * Opens an alarm where a suspected outage holds the devices of an organization, and ends it with the hold. It compares what is stored, so
 * nothing is missed when a server is killed in between.
 */
export function createOutageAlarms(deps: {
  store: Store;
  clock: Clock;
  makeId: MakeId;
  notify: Notify;
  hints: Pick<AlarmHints, "publish">;
}) {
  const { store, clock, makeId, notify, hints } = deps;

  async function change(orgId: string, since: number | null): Promise<void> {
    const changed = await store.transaction(async (tx) => {
      const at = clock.now();
      const keys = [OUTAGE_KEY];
      const locked = await lockAlarmsOfKeys(tx, store.dialect, { orgId, keys, endedSince: at - CHANGES_MS });
      const row = locked.findLast(({ ended_at }) => ended_at === null) ?? locked.at(-1) ?? null;
      const step = since === null ? endStep(row, at) : beginStep(row, { orgId, since, at });
      if (step === null) return [];
      const muting = (await readCausesOf(tx, wholeOrganization(orgId), [], at)).causeOf(step.row);
      await writeAlarms(tx, notify, [drafted(null, step, { muting, isNew: step.row.id !== row?.id })]);
      return [step.row.id];
    });
    hints.publish(orgId, changed);
  }

  function beginStep(
    row: AlarmRow | null,
    { orgId, since, at }: { orgId: string; since: number; at: number },
  ) {
    // What a user closed stays closed until the outage is over.
    if (row?.is_violating === 1) return null;
    const violation = { at, severity: "critical" as const, facts: { since } };
    if (row !== null && (row.ended_at === null || recurs(row, at))) return violated(row, violation);
    return opened(subjectOf(orgId), violation, row === null ? [] : changesOf(row, at));
  }

  function subjectOf(orgId: string) {
    return {
      id: makeId(),
      org_id: orgId,
      key: OUTAGE_KEY,
      type: "outage",
      rule_id: null,
      rule_name: null,
      device_id: null,
      device_name: null,
      customer_id: null,
      instance: null,
      search_text: "",
    };
  }

  return {
    async compare(signal: AbortSignal): Promise<void> {
      const outages = await readOutages(store.read);
      const lasting = await readLastingByOrganization(store.read, OUTAGE_KEY);
      for (const orgId of new Set([...outages.keys(), ...lasting.keys()])) {
        if (signal.aborted) return;
        const outage = outages.get(orgId);
        const isKnown = outage !== undefined && lasting.get(orgId)?.is_violating === 1;
        if (!isKnown) await change(orgId, outage?.since ?? null);
      }
    },
  };
}

function endStep(row: AlarmRow | null, at: number) {
  return row?.is_violating === 1 ? cleared(row, { at, reason: "cleared" }) : null;
}
