import { OFFLINE_TYPE } from "@muster/shared/alarms/inhibition.ts";
import type { Dependencies } from "../../fleet/index.ts";
import { changesOf } from "./alarm-machine.ts";
import type { AlarmRow } from "./alarms.tables.ts";

/** After a device is back, those that depend on it have this time to report again before anybody is told of them. */
export const DEPENDENTS_RETURN_MS = 10 * 60_000;
/**
 * An offline alarm waits at most so long for the judgement about what its device depends on: of devices that stop together, the one that
 * reports less often is called offline later.
 */
export const DEPENDENCY_JUDGED_MS = 10 * 60_000;

/** What offline alarms say of a device. */
export type AbsentDevice = {
  /** Its open offline alarm that was announced; null for none. */
  alarmId: string | null;
  /** Wall time of the newest end of one; 0 for none. */
  endedAt: number;
};

type Dependency = Dependencies["device"];

/** `alarmIds`: who was told of one of them knows that the device is absent; null where nobody was told anything that still holds. */
export type AbsentDependency = { device: Dependency; alarmIds: readonly string[] | null };

/**
 * The device because of which an alarm about another one is quiet; null for none. It is one that is offline, otherwise one in maintenance, otherwise
 * one that has just come back, otherwise, for an offline alarm, one that did not report since either. An archived device ends the chain.
 */
export function absentDependency(
  { device, chain }: Dependencies,
  states: ReadonlyMap<string, AbsentDevice>,
  { alarm, now }: { alarm: Pick<AlarmRow, "type" | "changes">; now: number },
): AbsentDependency | null {
  const archived = chain.findIndex(({ archived_at }) => archived_at !== null);
  const inUse = archived < 0 ? chain : chain.slice(0, archived);
  const alarmOf = ({ id }: Dependency) => states.get(id)?.alarmId ?? null;
  const offline = inUse.find((one) => alarmOf(one) !== null);
  if (offline) return { device: offline, alarmIds: inUse.flatMap((one) => alarmOf(one) ?? []) };
  const maintained = inUse.find(({ shown }) => shown === "maintenance");
  if (maintained) return { device: maintained, alarmIds: null };
  const returned = inUse.find(({ id }) => (states.get(id)?.endedAt ?? 0) > now - DEPENDENTS_RETURN_MS);
  if (returned) return { device: returned, alarmIds: null };
  if (alarm.type !== OFFLINE_TYPE) return null;
  const openedAt = Math.max(...changesOf(alarm, now));
  if (now - openedAt >= DEPENDENCY_JUDGED_MS) return null;
  const unsure = inUse.find((one) => isSilentSince(one, device));
  return unsure ? { device: unsure, alarmIds: null } : null;
}

/** True when a device has said nothing since another one missed its first report, and has not said why. */
function isSilentSince({ last_seen_at, last_word }: Dependency, other: Dependency): boolean {
  if (last_seen_at === null || last_word !== null || other.last_seen_at === null) return false;
  return last_seen_at <= other.last_seen_at + other.interval_s * 1000;
}
