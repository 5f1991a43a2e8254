import type { FleetSummary, ShownPresence } from "@muster/shared/contracts/device.ts";
import type { AttentionLevel } from "@muster/shared/health/attention.ts";
import { levelOfRank } from "../health/attention-rank.ts";
import type { SummaryGroup } from "./fleet-summary.repository.ts";

type Counted = Pick<FleetSummary, "total" | "health" | "presence" | "attention" | "paused" | "medianScore">;

/** Devices that report are counted by what they need, the others by how they are absent. */
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

/** The figures above the fleet page. */
export function summarize(groups: readonly SummaryGroup[]): Counted {
  const counted: Counted = {
    total: 0,
    health: { ok: 0, warn: 0, critical: 0, unknown: 0 },
    presence: { ...NO_PRESENCE },
    attention: { none: 0, warn: 0, critical: 0 },
    paused: 0,
    medianScore: medianOf(groups),
  };
  for (const { shown, attention_rank, paused_now, known_score, devices } of groups) {
    const level = levelOfRank(attention_rank);
    counted.total += devices;
    counted.presence[shown] += devices;
    counted.attention[level] += devices;
    if (paused_now === 1) counted.paused += devices;
    if (!REPORTING.has(shown)) continue;
    counted.health[level === "none" && known_score === null ? "unknown" : HEALTH_OF[level]] += devices;
  }
  return counted;
}

/** The median of the known scores; the lower one where two are in the middle. */
function medianOf(groups: readonly SummaryGroup[]): number | null {
  const known = groups.flatMap(({ known_score, devices }) =>
    known_score === null ? [] : [{ score: known_score, devices }],
  );
  known.sort((a, b) => a.score - b.score);
  let before = known.reduce((sum, { devices }) => sum + devices, 0) / 2;
  for (const { score, devices } of known) {
    before -= devices;
    if (before <= 0) return score;
  }
  return null;
}
