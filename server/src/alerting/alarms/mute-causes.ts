import { type MuteCause, muteCauseOf, OFFLINE_TYPE } from "@muster/shared/alarms/inhibition.ts";
import type { Kysely } from "kysely";
import { deviceNameOf, readDependencies, readDevicesInOutage } from "../../fleet/index.ts";
import type { Tables } from "../../platform/database/tables.ts";
import { readSilenced } from "../silences/active-silences.ts";
import type { MatchedAlarm } from "../silences/silence-match.ts";
import { outageKeyOf } from "./alarm-key.ts";
import { readOfflineAlarms, readToldOutages } from "./alarm.repository.ts";
import type { AlarmRow } from "./alarms.tables.ts";
import {
  type AbsentDependency,
  type AbsentDevice,
  absentDependency,
  DEPENDENTS_RETURN_MS,
} from "./absent-dependency.ts";

/** Why an alarm is quiet at the moment. */
export type Muting = {
  cause: MuteCause;
  /** With `dependency`: the device that is absent. */
  device: { id: string; name: string; customerId: string | null } | null;
  /** Only those are not told who were told of one of these alarms; null: nobody is told. */
  alarmIds: readonly string[] | null;
};

type MutedAlarm = MatchedAlarm & Pick<AlarmRow, "changes">;

/** What keeps alarms quiet at the moment, derived from the states of their devices and from silences. */
export type MuteCauses = {
  causeOf(alarm: MutedAlarm): Muting | null;
  /** Takes an alarm into account that the same transaction changes. */
  add(alarm: Pick<AlarmRow, "id" | "type" | "device_id" | "ended_at" | "is_told">): void;
  /** How many devices a device depends on, one through the other. */
  depthOf(deviceId: string): number;
};

/** `inMaintenance` are ids of devices. */
export async function readMuteCauses(
  db: Kysely<Tables>,
  orgId: string,
  given: { deviceIds: readonly string[]; inMaintenance: ReadonlySet<string>; now: number },
): Promise<MuteCauses> {
  const { deviceIds, inMaintenance, now } = given;
  const isSilenced = await readSilenced(db, orgId, deviceIds, now);
  const dependencies = await readDependencies(db, orgId, deviceIds);
  const outages = await readOutageAlarms(db, orgId, deviceIds);
  const named = [...dependencies.values()].flatMap(({ chain }) => chain.map(({ id }) => id));
  const states = new Map<string, AbsentDevice>();
  const add: MuteCauses["add"] = ({ id, type, device_id, ended_at, is_told }) => {
    if (type !== OFFLINE_TYPE || device_id === null) return;
    const known = states.get(device_id);
    states.set(device_id, {
      alarmId: ended_at === null && is_told === 1 ? id : null,
      endedAt: Math.max(ended_at ?? 0, known?.endedAt ?? 0),
    });
  };
  const watched = [...new Set([...deviceIds, ...named])];
  const alarms = await readOfflineAlarms(db, orgId, {
    deviceIds: watched,
    endedAfter: now - DEPENDENTS_RETURN_MS,
  });
  // The open alarm of a device is the newest one.
  for (const alarm of alarms) add(alarm);
  return {
    causeOf(alarm) {
      const { type, device_id: deviceId } = alarm;
      const ofDevice = deviceId === null ? undefined : dependencies.get(deviceId);
      const absent = ofDevice ? absentDependency(ofDevice, states, { alarm, now }) : null;
      const ownAlarm = deviceId === null ? null : (states.get(deviceId)?.alarmId ?? null);
      const outage = deviceId === null ? undefined : outages.get(deviceId);
      // The end of an offline alarm is on its way when its device reports again.
      const outageAlarm = outage && (type === OFFLINE_TYPE || !outage.isOver) ? outage.alarmId : null;
      const cause = muteCauseOf(type, {
        isInMaintenance: deviceId !== null && inMaintenance.has(deviceId),
        isSilenced: isSilenced(alarm),
        hasOfflineAlarm: ownAlarm !== null,
        isInOutage: outageAlarm !== null,
        lacksDependency: absent !== null,
      });
      switch (cause) {
        case null:
          return null;
        case "maintenance":
        case "silenced":
          return { cause, device: null, alarmIds: null };
        case "device-offline":
          return { cause, device: null, alarmIds: withCauses([ownAlarm, outageAlarm], absent) };
        case "outage":
          return { cause, device: null, alarmIds: withCauses([outageAlarm], absent) };
        case "dependency":
          return { cause, device: absent && mutingDeviceOf(absent), alarmIds: absent?.alarmIds ?? null };
      }
    },
    add,
    depthOf: (deviceId) => dependencies.get(deviceId)?.chain.length ?? 0,
  };
}

/** The alarms about the outages in which devices stopped reporting, as far as somebody was told of them, by the id of the device. */
async function readOutageAlarms(
  db: Kysely<Tables>,
  orgId: string,
  deviceIds: readonly string[],
): Promise<ReadonlyMap<string, { alarmId: string; isOver: boolean }>> {
  const outages = await readDevicesInOutage(db, orgId, deviceIds);
  const keys = new Set([...outages.values()].map(({ site }) => outageKeyOf(site)));
  const told = await readToldOutages(db, orgId, [...keys]);
  const found = new Map<string, { alarmId: string; isOver: boolean }>();
  for (const [deviceId, { site, isOver }] of outages) {
    const alarmId = told.get(outageKeyOf(site));
    if (alarmId !== undefined) found.set(deviceId, { alarmId, isOver });
  }
  return found;
}

/** Who knows that the device does not report: by these alarms, or because what it depends on is absent. */
function withCauses(
  alarmIds: readonly (string | null)[],
  absent: AbsentDependency | null,
): readonly string[] | null {
  const known = alarmIds.filter((id) => id !== null);
  return absent === null ? known : absent.alarmIds && [...known, ...absent.alarmIds];
}

function mutingDeviceOf({ device }: AbsentDependency): Muting["device"] {
  return { id: device.id, name: deviceNameOf(device), customerId: device.customer_id };
}
