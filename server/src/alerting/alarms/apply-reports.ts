import type { Transaction } from "kysely";
import type { Audit, CustomerDirectory } from "../../identity/index.ts";
import type { Clock } from "../../platform/clock.ts";
import type { MakeId } from "../../platform/crypto/ids.ts";
import type { Store } from "../../platform/database/store.ts";
import type { Tables } from "../../platform/database/tables.ts";
import { MusterError } from "../../platform/errors.ts";
import type { Tenant } from "../../platform/tenant.ts";
import type { Notify } from "../alarm-notice.ts";
import { countOpenOfType, lockAlarmsOfKeys } from "./alarm.repository.ts";
import { type ActsBy, auditNameOf } from "./alarm.service.ts";
import { CHANGES_MS } from "./alarm-machine.ts";
import { readCausesOf } from "./alarm-reads.ts";
import type { AlarmRow } from "./alarms.tables.ts";
import { newestByKey } from "./apply-transitions.ts";
import { type IncomingAlarm, reportStep } from "./report-step.ts";
import { searchTextOf } from "./search-text.ts";
import { type AlarmDraft, drafted, writeAlarms } from "./write-alarms.ts";

/** What reported alarms are about. */
export type AlarmTarget = { deviceId: string | null; deviceName: string | null; customerId: string | null };

/** A type of alarms from outside. */
export type ReportedKind = {
  type: string;
  /** The key in the database of the key that the reporter chose. */
  keyOf(target: AlarmTarget, key: string): string;
};

export type Reported = { alarm: IncomingAlarm; row: AlarmRow };

/**
 * Opens, counts up or ends alarms from outside, in a transaction of the caller, who publishes the hints about them after it. Throws
 * `conflict` when too many alarms of the type are open, and a unique violation when another transaction opens the same key.
 */
export type ApplyReports = (
  tx: Transaction<Tables>,
  tenant: Tenant,
  given: { kind: ReportedKind; alarms: readonly IncomingAlarm[]; target: AlarmTarget; by: ActsBy },
) => Promise<Reported[]>;

export type ApplyReportsDeps = {
  store: Pick<Store, "dialect">;
  clock: Clock;
  makeId: MakeId;
  audit: Pick<Audit, "record">;
  notify: Notify;
  customers: Pick<CustomerDirectory, "require">;
};

/** Alarms of one type from outside that are open at the same time: a loop with ever new keys ends here. */
const MAX_OPEN_REPORTED = 10_000;

export function createApplyReports(deps: ApplyReportsDeps): ApplyReports {
  const { store, clock, makeId, audit, notify, customers } = deps;
  return async (tx, tenant, { kind, alarms, target, by }) => {
    const { orgId } = tenant;
    if (target.deviceId === null && target.customerId !== null) {
      await customers.require(tx, orgId, target.customerId);
    }
    const at = clock.now();
    const keyed = alarms.map((alarm) => ({ alarm, key: kind.keyOf(target, alarm.key) }));
    const keys = keyed.map(({ key }) => key);
    const known = newestByKey(
      await lockAlarmsOfKeys(tx, store.dialect, { orgId, keys, endedSince: at - CHANGES_MS }),
    );
    const superseded: AlarmDraft[] = [];
    const drafts: { alarm: IncomingAlarm; draft: AlarmDraft }[] = [];
    const causes = await readCausesOf(tx, tenant, target.deviceId === null ? [] : [target.deviceId], at);
    for (const { alarm, key } of keyed) {
      const row = known.get(key) ?? null;
      const makeSubject = () => ({
        ...subjectOf(alarm, target),
        id: makeId(),
        org_id: orgId,
        key,
        type: kind.type,
      });
      const step = reportStep(row, alarm, { at, by: by.actor, makeSubject });
      if (step === null) continue;
      const isNew = step.row.id !== row?.id;
      if (isNew && row?.is_violating === 1) {
        superseded.push(drafted(null, { row: { ...row, is_violating: 0 }, events: [] }));
      }
      const { search_text } = subjectOf(alarm, target);
      const found = alarm.state === "open" ? { ...step.row, search_text } : step.row;
      const muting = causes.causeOf(found);
      drafts.push({ alarm, draft: drafted(null, { ...step, row: found }, { muting, isNew }) });
    }
    const opened = drafts.flatMap(({ draft }) => (draft.isNew ? [draft.row] : []));
    await assertRoom(tx, orgId, kind.type, opened.length);
    await writeAlarms(tx, notify, [...superseded, ...drafts.map(({ draft }) => draft)]);
    for (const row of opened) {
      await audit.record(tx, {
        orgId,
        action: "alarm.reported",
        subject: { type: "alarm", id: row.id, name: auditNameOf(row) },
        customerId: row.customer_id,
        ...by,
      });
    }
    return drafts.map(({ alarm, draft: { row } }) => ({ alarm, row }));
  };
}

function subjectOf(alarm: IncomingAlarm, target: AlarmTarget) {
  return {
    rule_id: null,
    rule_name: null,
    device_id: target.deviceId,
    device_name: target.deviceName,
    customer_id: target.customerId,
    instance: alarm.instance,
    search_text: searchTextOf([alarm.text, alarm.key, alarm.instance, target.deviceName]),
  };
}

async function assertRoom(
  tx: Transaction<Tables>,
  orgId: string,
  type: string,
  added: number,
): Promise<void> {
  if (added === 0 || (await countOpenOfType(tx, orgId, type)) + added <= MAX_OPEN_REPORTED) return;
  throw new MusterError(
    "conflict",
    `At most ${MAX_OPEN_REPORTED} reported alarms can be open. End some of them, and use the same key for the same problem.`,
  );
}
