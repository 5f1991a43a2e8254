import type { AlarmEndReason } from "@muster/shared/alarms/end-reasons.ts";
import type { AlarmFacts, AlarmSeverity } from "@muster/shared/contracts/alarm.ts";
import type { Transaction } from "kysely";
import type { MakeId } from "../../platform/crypto/ids.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Store } from "../../platform/database/store.ts";
import type { Tables } from "../../platform/database/tables.ts";
import { wholeOrganization } from "../../platform/tenant.ts";
import type { Notify } from "../alarm-notice.ts";
import { lockAlarmsOfKeys } from "./alarm.repository.ts";
import type { AlarmHints } from "./alarm-hints.ts";
import { CHANGES_MS, changesOf, cleared, opened, recurs, violated } from "./alarm-machine.ts";
import { readCausesOf } from "./alarm-reads.ts";
import type { AlarmRow } from "./alarms.tables.ts";
import { drafted, writeAlarms } from "./write-alarms.ts";

/** What the server itself finds wrong with an organization; the key is what the alarm is about. */
export type SystemViolation = {
  key: string;
  type: string;
  severity: AlarmSeverity;
  facts: AlarmFacts;
  /** The customer that it is about; null for the whole organization. */
  customerId?: string | null;
};

/** Opens and ends alarms about an organization that neither a rule nor a reporter opens. */
export type SystemAlarms = {
  /** Opens the alarm of the key, unless the condition is known to hold: what a user closed stays closed until it is over. */
  begin(orgId: string, violation: SystemViolation): Promise<void>;
  end(orgId: string, key: string, reason: AlarmEndReason): Promise<void>;
};

export function createSystemAlarms(deps: {
  store: Store;
  clock: Clock;
  makeId: MakeId;
  notify: Notify;
  hints: Pick<AlarmHints, "publish">;
}): SystemAlarms {
  const { store, clock, makeId, notify, hints } = deps;

  async function change(
    orgId: string,
    key: string,
    stepOf: (row: AlarmRow | null, at: number) => ReturnType<typeof violated> | null,
  ): Promise<void> {
    const changed = await store.transaction(async (tx) => {
      const at = clock.now();
      const row = await lockNewest(tx, orgId, key, at);
      const step = stepOf(row, at);
      if (step === null) return [];
      const muting = (await readCausesOf(tx, wholeOrganization(orgId), [], at)).causeOf(step.row);
      await writeAlarms(tx, notify, [drafted(null, step, { muting, isNew: step.row.id !== row?.id })]);
      return [step.row.id];
    });
    hints.publish(orgId, changed);
  }

  async function lockNewest(tx: Transaction<Tables>, orgId: string, key: string, at: number) {
    const wanted = { orgId, keys: [key], endedSince: at - CHANGES_MS };
    const locked = await lockAlarmsOfKeys(tx, store.dialect, wanted);
    return locked.findLast(({ ended_at }) => ended_at === null) ?? locked.at(-1) ?? null;
  }

  return {
    begin: (orgId, { key, type, severity, facts, customerId = null }) =>
      change(orgId, key, (row, at) => {
        if (row?.is_violating === 1) return null;
        const violation = { at, severity, facts };
        if (row !== null && (row.ended_at === null || recurs(row, at))) return violated(row, violation);
        const subject = {
          id: makeId(),
          org_id: orgId,
          key,
          type,
          ...NO_SUBJECT,
          customer_id: customerId,
          search_text: "",
        };
        return opened(subject, violation, row === null ? [] : changesOf(row, at));
      }),
    end: (orgId, key, reason) =>
      change(orgId, key, (row, at) => (row?.is_violating === 1 ? cleared(row, { at, reason }) : null)),
  };
}

const NO_SUBJECT = {
  rule_id: null,
  rule_name: null,
  device_id: null,
  device_name: null,
  customer_id: null,
  instance: null,
};
