import type { ShownPresence } from "@muster/shared/contracts/device.ts";
import { type AttentionInput, attentionOf } from "@muster/shared/health/attention.ts";
import type { FaultFacts } from "@muster/shared/health/fault-reasons.ts";
import { attentionRank } from "@muster/shared/health/attention-rank.ts";
import { type HeldLevel, heldHealth } from "@muster/shared/health/held-status.ts";
import { isAbsent, type PresenceFacts, shownPresence } from "./shown-presence.ts";

/** The facts from which the status of a device is computed. */
export type DeviceStatusFacts = Omit<PresenceFacts, "inMaintenance"> & {
  maintenanceUntil: number | null;
  isCloneSuspected: boolean;
  heldLevel: HeldLevel;
  score: number | null;
  disk: number | null;
  diskFree: number | null;
  /** Faults of the machine; null for none. */
  faultFacts: FaultFacts | null;
};

/** The stored part of it, by which lists filter and order. */
export type DeviceStatus = { shown: ShownPresence; isAbsent: boolean; attentionRank: number };

/** The status of a device at the wall time `now`. */
export function deviceStatusOf(facts: DeviceStatusFacts, now: number): DeviceStatus {
  const presence = { ...facts, inMaintenance: isInMaintenance(facts.maintenanceUntil, now) };
  const absent = isAbsent(presence);
  return {
    shown: shownPresence(presence),
    isAbsent: absent,
    attentionRank: attentionRank(attentionOf(attentionInputOf(facts, absent))),
  };
}

/** The input of attention, for a device whose absence is known. */
export function attentionInputOf(facts: DeviceStatusFacts, absent: boolean): AttentionInput {
  return {
    held: heldHealth(facts.heldLevel, facts.score),
    diskUsedPercent: facts.disk ?? undefined,
    diskFreeBytes: facts.diskFree ?? undefined,
    isAbsent: absent,
    isCloneSuspected: facts.isCloneSuspected,
    isApprovalPending: !facts.isApproved,
    faultFacts: facts.faultFacts,
  };
}

/** Maintenance always has an end and ends automatically. */
export function isInMaintenance(until: number | null, now: number): boolean {
  return until !== null && until > now;
}

/** The end of a device's maintenance: the later one of what a member entered and what windows say; null when it never was in any. */
export function maintenanceEndOf(row: {
  maintenance_until: number | null;
  window_until: number | null;
}): number | null {
  if (row.maintenance_until === null || row.window_until === null)
    return row.maintenance_until ?? row.window_until;
  return Math.max(row.maintenance_until, row.window_until);
}
