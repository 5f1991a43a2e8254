import type { Connection, ShownPresence } from "@muster/shared/contracts/device.ts";
import { type AvailabilityChange, availabilityChange } from "../availability/availability-state.ts";
import { connectionOf, deadlinesOf } from "./connection.ts";
import { isHeldByOutage, MISSING_AFTER_INTERVALS } from "./outage-hold.ts";
import { type MissingAtSite, type OutageHolds, type OutagesInput, planOutages } from "./plan-outages.ts";
import { type Site, siteKeyOf } from "./site.ts";
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
  site: Site;
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

export type TransitionInput = Omit<OutagesInput, "missing"> & {
  /** Of one organization: all that are late, and those that are missing or whose deadline has passed. */
  devices: readonly PresenceCandidate[];
  offlineAfterS: number;
};

/** Decides the new presence of an organization's devices that do not report. Pure; ages count in observed time. */
export function planTransitions(input: TransitionInput): {
  transitions: Transition[];
  holds: OutageHolds;
} {
  const { devices, observedNow, now } = input;
  const missing = devices.flatMap((device) => missingAs(device, input) ?? []);
  const holds = planOutages({ ...input, missing });
  const transitions: Transition[] = [];
  for (const device of devices) {
    const connection = nextConnection(device);
    const to = { connection, ...deviceStatusOf({ ...device.facts, connection }, now) };
    if (!isChanged(device, to)) continue;
    const { deviceNo, id, version, shown, isAbsent, attentionRank, facts } = device;
    const from = { connection: facts.connection, shown, attentionRank };
    const { isApproved } = facts;
    const availability = availabilityChange({ ...from, isAbsent, isApproved }, { ...to, isApproved }, now);
    transitions.push({ deviceNo, id, version, from, to, availability });
  }
  return { transitions, holds };

  function nextConnection(device: PresenceCandidate): Connection {
    const next = connectionOf(device.lastSeenAt, observedNow, deadlinesFor(device, input.offlineAfterS));
    const isWorse = next === "offline" || next === "expired";
    return isWorse && isConnected(device) && isHeld(device) ? "late" : next;
  }

  function isHeld(device: PresenceCandidate): boolean {
    const missedAt = firstMissedAt(device);
    const ofSite = holds.sites.get(siteKeyOf(device.site) ?? "") ?? null;
    return (
      isHeldByOutage(holds.organization, missedAt, observedNow) ||
      isHeldByOutage(ofSite, missedAt, observedNow)
    );
  }
}

/** It is online or late, and did not say that it would be away. */
function isConnected({ facts: { connection, lastWord } }: PresenceCandidate): boolean {
  return lastWord === null && (connection === "online" || connection === "late");
}

function missingAs(
  device: PresenceCandidate,
  { observedNow, offlineAfterS }: TransitionInput,
): MissingAtSite | null {
  const { lastSeenAt, intervalS, site } = device;
  if (!isConnected(device) || lastSeenAt === null) return null;
  if (observedNow - lastSeenAt <= intervalS * 1000 * MISSING_AFTER_INTERVALS) return null;
  const isLate = connectionOf(lastSeenAt, observedNow, deadlinesFor(device, offlineAfterS)) !== "online";
  return { missedAt: firstMissedAt(device), intervalS, isLate, site };
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
