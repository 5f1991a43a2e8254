import type { Connection, ShownPresence } from "@muster/shared/contracts/device.ts";
import { type AvailabilityChange, availabilityChange } from "../availability/availability-state.ts";
import { connectionOf, deadlinesOf } from "./connection.ts";
import { updateOutageHold, isHeldByOutage, type OutageHold } from "./outage-hold.ts";
import { type DeviceStatusFacts, deviceStatusOf } from "./device-status.ts";

/** A device that may have to change, as it was read. */
export type PresenceCandidate = {
  deviceNo: number;
  id: string;
  orgId: string;
  /** Of its state row: shows whether it reported in the meantime. */
  version: number;
  lastSeenAt: number | null;
  intervalS: number;
  facts: DeviceStatusFacts;
  shown: ShownPresence;
  isAbsent: boolean;
  attentionRank: number;
};

/** A change of a device's presence; it is only written while the device is still as `from`. */
export type Transition = {
  deviceNo: number;
  id: string;
  version: number;
  from: { connection: Connection; shown: ShownPresence; attentionRank: number };
  to: { connection: Connection; shown: ShownPresence; isAbsent: boolean; attentionRank: number };
  /** Null when the device is as available as before. */
  availability: AvailabilityChange | null;
};

export type TransitionInput = {
  /** Of one organization: all that are late, and those whose deadline has passed. */
  devices: readonly PresenceCandidate[];
  /** Devices of the organization that are online or late without a last word. */
  connected: number;
  hold: OutageHold | null;
  offlineAfterS: number;
  observedNow: number;
  now: number;
};

/** Decides the new presence of an organization's devices that do not report. Pure; ages count in observed time. */
export function planTransitions(input: TransitionInput): {
  transitions: Transition[];
  hold: OutageHold | null;
} {
  const { devices, observedNow, now } = input;
  const missedAt = devices.filter((device) => isLateWithoutReason(device, input)).map(firstMissedAt);
  const hold = updateOutageHold({ ...input, missedAt });
  const transitions: Transition[] = [];
  for (const device of devices) {
    const connection = nextConnection(device, input, hold);
    const to = { connection, ...deviceStatusOf({ ...device.facts, connection }, now) };
    if (!isChanged(device, to)) continue;
    const { deviceNo, id, version, shown, isAbsent, attentionRank, facts } = device;
    const from = { connection: facts.connection, shown, attentionRank };
    const { isApproved } = facts;
    const availability = availabilityChange({ ...from, isAbsent, isApproved }, { ...to, isApproved }, now);
    transitions.push({ deviceNo, id, version, from, to, availability });
  }
  return { transitions, hold };

  function nextConnection(
    device: PresenceCandidate,
    { offlineAfterS }: TransitionInput,
    held: OutageHold | null,
  ) {
    const next = connectionOf(device.lastSeenAt, observedNow, deadlinesFor(device, offlineAfterS));
    const isWorse = next === "offline" || next === "expired";
    const wasConnected = device.facts.connection === "online" || device.facts.connection === "late";
    if (isWorse && wasConnected && device.facts.lastWord === null) {
      return isHeldByOutage(held, firstMissedAt(device), observedNow) ? "late" : next;
    }
    return next;
  }
}

function isLateWithoutReason(
  device: PresenceCandidate,
  { observedNow, offlineAfterS }: TransitionInput,
): boolean {
  const { connection, lastWord } = device.facts;
  if (lastWord !== null || (connection !== "online" && connection !== "late")) return false;
  return connectionOf(device.lastSeenAt, observedNow, deadlinesFor(device, offlineAfterS)) !== "online";
}

function firstMissedAt({ lastSeenAt, intervalS }: PresenceCandidate): number {
  return (lastSeenAt ?? 0) + intervalS * 1000;
}

function deadlinesFor({ intervalS, facts }: PresenceCandidate, offlineAfterS: number) {
  return deadlinesOf({ intervalS, offlineAfterS, deviceClass: facts.deviceClass });
}

function isChanged(device: PresenceCandidate, to: Transition["to"]): boolean {
  return (
    device.facts.connection !== to.connection ||
    device.shown !== to.shown ||
    device.isAbsent !== to.isAbsent ||
    device.attentionRank !== to.attentionRank
  );
}
