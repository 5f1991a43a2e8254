import { type MuteCause, muteCauseOf, OFFLINE_TYPE } from "@muster/shared/alarms/inhibition.ts";
import type { Kysely } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";
import { readSilenced } from "../silences/active-silences.ts";
import type { MatchedAlarm } from "../silences/silence-match.ts";
import { readDevicesOffline } from "./alarm.repository.ts";
import type { AlarmRow } from "./alarms.tables.ts";

/** What keeps alarms quiet at the moment, derived from the states of their devices and from silences. */
export type MuteCauses = {
  causeOf(alarm: MatchedAlarm): MuteCause | null;
  /** Takes an alarm into account that the same transaction changes. */
  add(alarm: AlarmRow): void;
};

/** `inMaintenance` are ids of devices. */
export async function readMuteCauses(
  db: Kysely<Tables>,
  orgId: string,
  given: { deviceIds: readonly string[]; inMaintenance: ReadonlySet<string>; now: number },
): Promise<MuteCauses> {
  const { deviceIds, inMaintenance, now } = given;
  const isSilenced = await readSilenced(db, orgId, deviceIds, now);
  const offline = await readDevicesOffline(db, orgId, deviceIds);
  return {
    causeOf(alarm) {
      const { type, device_id } = alarm;
      return muteCauseOf(type, {
        isInMaintenance: device_id !== null && inMaintenance.has(device_id),
        hasOfflineAlarm: device_id !== null && offline.has(device_id),
        isSilenced: isSilenced(alarm),
      });
    },
    add({ type, device_id, ended_at, is_told }) {
      if (type !== OFFLINE_TYPE || device_id === null) return;
      if (ended_at === null && is_told === 1) offline.add(device_id);
      else offline.delete(device_id);
    },
  };
}
