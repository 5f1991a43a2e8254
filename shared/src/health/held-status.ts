import { ATTENTION_HOLD_MS, type AttentionInput } from "./attention-rules.ts";
import type { HealthStatus } from "./health.ts";

/** How bad a status is that counts: 0 ok or unknown, 1 warn, 2 critical. */
export type HeldLevel = 0 | 1 | 2;

/**
 * The level that counts, and since when the samples say otherwise, in watch time: about "at least warn" and about "critical"
 * apart, so that swinging between warn and critical still counts as warn.
 */
export type HeldStatus = {
  level: HeldLevel;
  warnDiffersSince: number | null;
  criticalDiffersSince: number | null;
};

const LEVEL_OF: Record<HealthStatus, HeldLevel> = { ok: 0, unknown: 0, warn: 1, critical: 2 };

/** Takes in the status of the newest sample. A level is taken over, up or down, once it has held for `ATTENTION_HOLD_MS`. */
export function updateHeldStatus(hold: HeldStatus, status: HealthStatus, watchNow: number): HeldStatus {
  const warn = settle(hold.level >= 1, LEVEL_OF[status] >= 1, hold.warnDiffersSince, watchNow);
  const critical = settle(hold.level >= 2, LEVEL_OF[status] >= 2, hold.criticalDiffersSince, watchNow);
  return {
    level: critical.holds ? 2 : warn.holds ? 1 : 0,
    warnDiffersSince: warn.differsSince,
    criticalDiffersSince: critical.differsSince,
  };
}

/** Forgets what began to differ before a silence: nobody knows whether it went on. */
export function dropPendingChange(hold: HeldStatus): HeldStatus {
  return { level: hold.level, warnDiffersSince: null, criticalDiffersSince: null };
}

/** The held status as attention takes it. */
export function heldHealth(level: HeldLevel, score: number | null): AttentionInput["held"] {
  if (score === null) return null;
  return { status: level === 2 ? "critical" : level === 1 ? "warn" : "ok", score };
}

function settle(holds: boolean, says: boolean, differsSince: number | null, watchNow: number) {
  if (holds === says) return { holds, differsSince: null };
  const since = differsSince ?? watchNow;
  if (watchNow - since >= ATTENTION_HOLD_MS) return { holds: says, differsSince: null };
  return { holds, differsSince: since };
}
