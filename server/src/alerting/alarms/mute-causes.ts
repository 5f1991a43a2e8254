import { type MuteCause, muteCauseOf, OFFLINE_TYPE } from "@muster/shared/alarms/inhibition.ts";
import type { Kysely } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";
import { readDevicesOffline } from "./alarm.repository.ts";
import type { AlarmRow } from "./alarms.tables.ts";

/** What keeps alarms quiet at the moment, derived from the states of their devices. */
export type MuteCauses = {
  causeOf(alarm: Pick<AlarmRow, "type" | "device_id">): MuteCause | null;
  /** Takes an alarm into account that the same transaction changes. */
  add(alarm: AlarmRow): void;
};

/** `inMaintenance` are ids of devices. */
export async function readMuteCauses(
  db: Kysely<Tables>,
  orgId: string,
  { deviceIds, inMaintenance }: { deviceIds: readonly string[]; inMaintenance: ReadonlySet<string> },
): Promise<MuteCauses> {
  const offline = await readDevicesOffline(db, orgId, deviceIds);
  return {
    causeOf({ type, device_id }) {
      if (device_id === null) return null;
      return muteCauseOf(type, {
        isInMaintenance: inMaintenance.has(device_id),
        hasOfflineAlarm: offline.has(device_id),
      });
    },
    add({ type, device_id, ended_at, is_told }) {
      if (type !== OFFLINE_TYPE || device_id === null) return;
      if (ended_at === null && is_told === 1) offline.add(device_id);
      else offline.delete(device_id);
    },
  };
}
