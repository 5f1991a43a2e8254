import type { ReportedAlarms } from "@muster/shared/contracts/reported-alarm.ts";
import type { FindDeviceTargets } from "../../fleet/index.ts";
import type { Store } from "../../platform/database/store.ts";
import { isUniqueViolation } from "../../platform/database/unique-violation.ts";
import { MusterError } from "../../platform/errors.ts";
import { reaches, type Tenant } from "../../platform/tenant.ts";
import type { ActsBy } from "./alarm.service.ts";
import type { AlarmHints } from "./alarm-hints.ts";
import { reportedKeyOf } from "./alarm-key.ts";
import type { AlarmTarget, ApplyReports, ReportedKind } from "./apply-reports.ts";
import type { IncomingAlarm } from "./report-step.ts";

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
  apply: ApplyReports;
  hints: Pick<AlarmHints, "publish">;
  findTargets: FindDeviceTargets;
};

const KIND: ReportedKind = {
  type: "reported",
  keyOf: (target, key) => reportedKeyOf({ ...target, key }),
};
/** Tries until a request has seen what another one opened under the same key meanwhile. */
const MAX_TRIES = 3;

export function createReportAlarms(deps: ReportAlarmsDeps): ReportAlarms {
  const { store, hints, apply } = deps;
  return async (tenant, { alarms, target: given }, by) => {
    const target = await targetOf(deps, tenant, given);
    for (let tries = 1; ; tries += 1) {
      try {
        const reported = await store.transaction((tx) =>
          apply(tx, tenant, { kind: KIND, alarms, target, by }),
        );
        hints.publish(
          tenant.orgId,
          reported.map(({ row }) => row.id),
        );
        return {
          alarms: reported.map(({ alarm, row }) => ({ id: row.id, key: alarm.key, state: stateOf(row) })),
        };
      } catch (error) {
        if (tries >= MAX_TRIES || !isUniqueViolation(error)) throw error;
      }
    }
  };
}

function stateOf({ ended_at }: { ended_at: number | null }): "open" | "ended" {
  return ended_at === null ? "open" : "ended";
}

async function targetOf(
  { findTargets }: ReportAlarmsDeps,
  tenant: Tenant,
  { deviceId, customerId }: ReportTarget,
): Promise<AlarmTarget> {
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

function invalidTarget(path: "deviceId" | "customerId", message: string): MusterError {
  return new MusterError("bad-request", "There is nothing with this id that an alarm can be about.", {
    details: [{ path, message }],
  });
}
