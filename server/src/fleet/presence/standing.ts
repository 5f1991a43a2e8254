import type { ShownPresence } from "@muster/shared/contracts/device.ts";
import { type AttentionInput, attentionOf } from "@muster/shared/health/attention.ts";
import { attentionRank } from "@muster/shared/health/attention-rank.ts";
import { type HeldLevel, heldHealth } from "@muster/shared/health/held-status.ts";
import { isAbsent, type PresenceFacts, shownPresence } from "./shown-presence.ts";

/** Everything that decides how a device stands in the list. */
export type StandingFacts = Omit<PresenceFacts, "inMaintenance"> & {
  maintenanceUntil: number | null;
  isCloneSuspected: boolean;
  heldLevel: HeldLevel;
  score: number | null;
  disk: number | null;
  diskFree: number | null;
};

/** What is stored of it, so that lists can filter and order by it. */
export type Standing = { shown: ShownPresence; isAbsent: boolean; attentionRank: number };

/** How a device stands at the wall time `now`. */
export function standingOf(facts: StandingFacts, now: number): Standing {
  const presence = { ...facts, inMaintenance: isInMaintenance(facts.maintenanceUntil, now) };
  const absent = isAbsent(presence);
  return {
    shown: shownPresence(presence),
    isAbsent: absent,
    attentionRank: attentionRank(attentionOf(attentionInput(facts, absent))),
  };
}

/** What attention is computed from, for a device whose absence is known. */
export function attentionInput(facts: StandingFacts, absent: boolean): AttentionInput {
  return {
    held: heldHealth(facts.heldLevel, facts.score),
    diskUsedPercent: facts.disk ?? undefined,
    diskFreeBytes: facts.diskFree ?? undefined,
    isAbsent: absent,
    isCloneSuspected: facts.isCloneSuspected,
    isApprovalPending: !facts.isApproved,
  };
}

/** Maintenance always has an end, and is over by itself. */
export function isInMaintenance(until: number | null, now: number): boolean {
  return until !== null && until > now;
}
