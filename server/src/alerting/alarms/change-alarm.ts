import type { Transaction } from "kysely";
import type { Dialect } from "../../platform/database/store.ts";
import type { Tables } from "../../platform/database/tables.ts";
import type { Tenant } from "../../platform/tenant.ts";
import type { Notify } from "../alarm-notice.ts";
import { lockAlarms } from "./alarm.repository.ts";
import type { AlarmStep } from "./alarm-machine.ts";
import type { AlarmRow } from "./alarms.tables.ts";
import { drafted, writeAlarms } from "./write-alarms.ts";

/**
 * Locks an alarm that the tenant reaches and writes what `step` makes of it; null changes nothing. The caller publishes the hint after
 * the transaction. Returns the alarm after it, or undefined when the tenant reaches none with this id.
 */
export type ChangeAlarm = (
  tx: Transaction<Tables>,
  tenant: Tenant,
  alarmId: string,
  step: (row: AlarmRow) => AlarmStep | null,
) => Promise<AlarmRow | undefined>;

export function createChangeAlarm({ dialect, notify }: { dialect: Dialect; notify: Notify }): ChangeAlarm {
  return async (tx, tenant, alarmId, step) => {
    const [row] = await lockAlarms(tx, dialect, tenant, [alarmId]);
    const outcome = row ? step(row) : null;
    if (!row || outcome === null) return row;
    const draft = drafted(null, outcome);
    await writeAlarms(tx, notify, [draft]);
    return draft.row;
  };
}
