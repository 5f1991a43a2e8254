import type { Connection, ShownPresence } from "@muster/shared/contracts/device.ts";
import { connectionOf, deadlinesOf } from "./connection.ts";
import { followOutage, isHeldBack, type OutageHold } from "./outage-hold.ts";
import { type StandingFacts, standingOf } from "./device-status.ts";

/** A device that may have to change, as it was read. */
export type WatchedDevice = {
  deviceNo: number;
  id: string;
  orgId: string;
  /** Of its state row: tells whether it was heard meanwhile. */
  version: number;
  heardAt: number | null;
  intervalS: number;
  facts: StandingFacts;
  shown: ShownPresence;
  isAbsent: boolean;
  attentionRank: number;
};

/** What a device becomes; `from` is what it must still be when that is written. */
export type Transition = {
  deviceNo: number;
  id: string;
  version: number;
  from: { connection: Connection; shown: ShownPresence; attentionRank: number };
  to: { connection: Connection; shown: ShownPresence; isAbsent: boolean; attentionRank: number };
};

export type TransitionInput = {
  /** Of one organization: all that are late, and those whose deadline has passed. */
  devices: readonly WatchedDevice[];
  /** Devices of the organization that are online or late without a last word. */
  connected: number;
  hold: OutageHold | null;
  offlineAfterS: number;
  watchNow: number;
  now: number;
};

/** Decides what becomes of an organization's silent devices. Pure; ages count in watch time. */
export function planTransitions(input: TransitionInput): {
  transitions: Transition[];
  hold: OutageHold | null;
} {
  const { devices, watchNow, now } = input;
  const missedAt = devices.filter((device) => isUnexplainedlyLate(device, input)).map(missedReportAt);
  const hold = followOutage({ ...input, missedAt });
  const transitions: Transition[] = [];
  for (const device of devices) {
    const connection = nextConnection(device, input, hold);
    const to = { connection, ...standingOf({ ...device.facts, connection }, now) };
    if (!differs(device, to)) continue;
    const { deviceNo, id, version, shown, attentionRank, facts } = device;
    const from = { connection: facts.connection, shown, attentionRank };
    transitions.push({ deviceNo, id, version, from, to });
  }
  return { transitions, hold };

  function nextConnection(
    device: WatchedDevice,
    { offlineAfterS }: TransitionInput,
    held: OutageHold | null,
  ) {
    const next = connectionOf(device.heardAt, watchNow, deadlinesFor(device, offlineAfterS));
    const isWorse = next === "offline" || next === "expired";
    const wasConnected = device.facts.connection === "online" || device.facts.connection === "late";
    if (isWorse && wasConnected && device.facts.lastWord === null) {
      return isHeldBack(held, missedReportAt(device), watchNow) ? "late" : next;
    }
    return next;
  }
}

function isUnexplainedlyLate(device: WatchedDevice, { watchNow, offlineAfterS }: TransitionInput): boolean {
  const { connection, lastWord } = device.facts;
  if (lastWord !== null || (connection !== "online" && connection !== "late")) return false;
  return connectionOf(device.heardAt, watchNow, deadlinesFor(device, offlineAfterS)) !== "online";
}

function missedReportAt({ heardAt, intervalS }: WatchedDevice): number {
  return (heardAt ?? 0) + intervalS * 1000;
}

function deadlinesFor({ intervalS, facts }: WatchedDevice, offlineAfterS: number) {
  return deadlinesOf({ intervalS, offlineAfterS, deviceClass: facts.deviceClass });
}

function differs(device: WatchedDevice, to: Transition["to"]): boolean {
  return (
    device.facts.connection !== to.connection ||
    device.shown !== to.shown ||
    device.isAbsent !== to.isAbsent ||
    device.attentionRank !== to.attentionRank
  );
}
