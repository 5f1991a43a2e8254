import type { ReportedAlarms } from "@muster/shared/contracts/alarm.ts";
import type { Transaction } from "kysely";
import type { FindDeviceTargets } from "../../fleet/index.ts";
import type { Audit, CustomerDirectory } from "../../identity/index.ts";
import type { Clock } from "../../platform/clock.ts";
import type { MakeId } from "../../platform/crypto/ids.ts";
import type { Store } from "../../platform/database/store.ts";
import type { Tables } from "../../platform/database/tables.ts";
import { isUniqueViolation } from "../../platform/database/unique-violation.ts";
import { MusterError } from "../../platform/errors.ts";
import { reaches, type Tenant } from "../../platform/tenant.ts";
import type { Notify } from "../alarm-notice.ts";
import { countOpenOfType, lockAlarmsOfKeys } from "./alarm.repository.ts";
import { type ActsBy, auditNameOf } from "./alarm.service.ts";
import type { AlarmHints } from "./alarm-hints.ts";
import { reportedKeyOf } from "./alarm-key.ts";
import { CHANGES_MS } from "./alarm-machine.ts";
import { readCausesOf } from "./alarm-reads.ts";
import { newestByKey } from "./apply-transitions.ts";
import { type IncomingAlarm, reportStep } from "./report-step.ts";
import { searchTextOf } from "./search-text.ts";
import { type AlarmDraft, drafted, writeAlarms } from "./write-alarms.ts";

/** What reported alarms are about, as a request names it. */
export type ReportTarget = { deviceId?: string | undefined; customerId?: string | undefined };

/**
 * Opens, counts up or ends alarms from outside. Throws `bad-request` for a device or customer that the tenant does not reach, and
 * `conflict` when too many reported alarms are open.
 */
export type ReportAlarms = (
  tenant: Tenant,
  given: { alarms: readonly IncomingAlarm[]; target: ReportTarget },
  by: ActsBy,
) => Promise<ReportedAlarms>;

export type ReportAlarmsDeps = {
  store: Store;
  clock: Clock;
  makeId: MakeId;
  audit: Pick<Audit, "record">;
  notify: Notify;
  hints: Pick<AlarmHints, "publish">;
  findTargets: FindDeviceTargets;
  customers: Pick<CustomerDirectory, "require">;
};

const TYPE = "reported";
/** Reported alarms of an organization that are open at the same time: a loop with ever new keys ends here. */
const MAX_OPEN_REPORTED = 10_000;
/** Tries until a request has seen what another one opened under the same key meanwhile. */
const MAX_TRIES = 3;

type Target = { deviceId: string | null; deviceName: string | null; customerId: string | null };

export function createReportAlarms(deps: ReportAlarmsDeps): ReportAlarms {
  const { store, hints } = deps;
  return async (tenant, { alarms, target: given }, by) => {
    const target = await targetOf(deps, tenant, given);
    for (let tries = 1; ; tries += 1) {
      try {
        const reported = await store.transaction((tx) =>
          applyReports(deps, tx, tenant, { alarms, target, by }),
        );
        const ids = reported.map(({ id }) => id);
        hints.publish(tenant.orgId, ids);
        return { alarms: reported };
      } catch (error) {
        if (tries >= MAX_TRIES || !isUniqueViolation(error)) throw error;
      }
    }
  };
}

async function targetOf(
  { findTargets }: ReportAlarmsDeps,
  tenant: Tenant,
  { deviceId, customerId }: ReportTarget,
): Promise<Target> {
  if (deviceId !== undefined) {
    const device = (await findTargets(tenant, [deviceId])).get(deviceId);
    if (!device) throw invalidTarget("deviceId", "must be the id of a device");
    if (customerId !== undefined && customerId !== device.customerId) {
      throw invalidTarget("customerId", "must be left out, or be the customer of the device");
    }
    return { deviceId, deviceName: device.name, customerId: device.customerId };
  }
  if (!reaches(tenant, customerId ?? null)) {
    throw invalidTarget("customerId", "must be one of the customers that you are limited to");
  }
  return { deviceId: null, deviceName: null, customerId: customerId ?? null };
}

async function applyReports(
  deps: ReportAlarmsDeps,
  tx: Transaction<Tables>,
  tenant: Tenant,
  given: { alarms: readonly IncomingAlarm[]; target: Target; by: ActsBy },
): Promise<ReportedAlarms["alarms"]> {
  const { store, clock, makeId, audit, notify, customers } = deps;
  const { alarms, target, by } = given;
  const { orgId } = tenant;
  if (target.deviceId === null && target.customerId !== null) {
    await customers.require(tx, orgId, target.customerId);
  }
  const at = clock.now();
  const keyed = alarms.map((alarm) => ({ alarm, key: reportedKeyOf({ ...target, key: alarm.key }) }));
  const keys = keyed.map(({ key }) => key);
  const known = newestByKey(
    await lockAlarmsOfKeys(tx, store.dialect, { orgId, keys, endedSince: at - CHANGES_MS }),
  );
  const superseded: AlarmDraft[] = [];
  const drafts: { alarm: IncomingAlarm; draft: AlarmDraft }[] = [];
  const causes = await readCausesOf(tx, tenant, target.deviceId === null ? [] : [target.deviceId], at);
  for (const { alarm, key } of keyed) {
    const row = known.get(key) ?? null;
    const search_text = searchTextOf([alarm.text, alarm.key, alarm.instance, target.deviceName]);
    const makeSubject = () => ({
      id: makeId(),
      org_id: orgId,
      key,
      type: TYPE,
      rule_id: null,
      rule_name: null,
      device_id: target.deviceId,
      device_name: target.deviceName,
      customer_id: target.customerId,
      instance: alarm.instance,
      search_text,
    });
    const step = reportStep(row, alarm, { at, by: by.actor, makeSubject });
    if (step === null) continue;
    const isNew = step.row.id !== row?.id;
    if (isNew && row?.is_violating === 1) {
      superseded.push(drafted(null, { row: { ...row, is_violating: 0 }, events: [] }));
    }
    const found = alarm.state === "open" ? { ...step.row, search_text } : step.row;
    const muteCause = causes.causeOf(found);
    drafts.push({ alarm, draft: drafted(null, { ...step, row: found }, { muteCause, isNew }) });
  }
  await assertRoom(tx, orgId, drafts.filter(({ draft }) => draft.isNew).length);
  await writeAlarms(tx, notify, [...superseded, ...drafts.map(({ draft }) => draft)]);
  for (const { draft } of drafts) {
    if (!draft.isNew) continue;
    const { row } = draft;
    await audit.record(tx, {
      orgId,
      action: "alarm.reported",
      subject: { type: "alarm", id: row.id, name: auditNameOf(row) },
      customerId: row.customer_id,
      ...by,
    });
  }
  return drafts.map(({ alarm, draft: { row } }) => ({
    id: row.id,
    key: alarm.key,
    state: row.ended_at === null ? "open" : "ended",
  }));
}

async function assertRoom(tx: Transaction<Tables>, orgId: string, added: number): Promise<void> {
  if (added === 0 || (await countOpenOfType(tx, orgId, TYPE)) + added <= MAX_OPEN_REPORTED) return;
  throw new MusterError(
    "conflict",
    `At most ${MAX_OPEN_REPORTED} reported alarms can be open. End some of them, and use the same key for the same problem.`,
  );
}

function invalidTarget(path: "deviceId" | "customerId", message: string): MusterError {
  return new MusterError("bad-request", "There is nothing with this id that an alarm can be about.", {
    details: [{ path, message }],
  });
}
