import type { FleetSummary, ShownPresence } from "@muster/shared/contracts/device.ts";
import type { AttentionLevel } from "@muster/shared/health/attention.ts";
import { levelOfRank } from "@muster/shared/health/attention-rank.ts";
import type { ScoreGroup, StatusGroup } from "./fleet-summary.repository.ts";

/** Devices in these states count towards health; the others count as absent only. */
const REPORTING: ReadonlySet<ShownPresence> = new Set(["online", "late", "maintenance"]);
const HEALTH_OF: Record<AttentionLevel, "ok" | "warn" | "critical"> = {
  none: "ok",
  warn: "warn",
  critical: "critical",
};
const NO_PRESENCE: FleetSummary["presence"] = {
  maintenance: 0,
  expired: 0,
  asleep: 0,
  "shutting-down": 0,
  restarting: 0,
  "agent-stopped": 0,
  offline: 0,
  late: 0,
  online: 0,
  waiting: 0,
};

/** Counts devices by status; `unknown` are those among them whose health is not known. */
export function countByStatus(
  statusGroups: readonly StatusGroup[],
  unknown: readonly Omit<StatusGroup, "paused">[],
): Pick<FleetSummary, "total" | "health" | "presence" | "attention" | "paused"> {
  const counted = {
    total: countDevices(statusGroups),
    paused: statusGroups.reduce((sum, { paused }) => sum + paused, 0),
    health: { ok: 0, warn: 0, critical: 0, unknown: 0 },
    presence: { ...NO_PRESENCE },
    attention: { none: 0, warn: 0, critical: 0 },
  };
  for (const { shown, attention_rank, devices } of statusGroups) {
    const level = levelOfRank(attention_rank);
    counted.presence[shown] += devices;
    counted.attention[level] += devices;
    if (REPORTING.has(shown)) counted.health[HEALTH_OF[level]] += devices;
  }
  for (const { shown, attention_rank, devices } of unknown) {
    if (!REPORTING.has(shown) || levelOfRank(attention_rank) !== "none") continue;
    counted.health.ok -= devices;
    counted.health.unknown += devices;
  }
  return counted;
}

/** The median of the scores that are known now; the lower one where two are in the middle. */
export function medianScore(groups: readonly ScoreGroup[]): number | null {
  const known = groups.flatMap(({ score, devices }) => (score === null ? [] : [{ score, devices }]));
  known.sort((a, b) => a.score - b.score);
  let before = countDevices(known) / 2;
  for (const { score, devices } of known) {
    before -= devices;
    if (before <= 0) return score;
  }
  return null;
}

export function countDevices(groups: readonly { devices: number }[]): number {
  return groups.reduce((sum, { devices }) => sum + devices, 0);
}
