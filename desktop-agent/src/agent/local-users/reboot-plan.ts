import type { PlannedReboot, RebootWarning } from "@muster/shared/contracts/local-agent.ts";
import type { Clock } from "../../platform/ports.ts";

/** A reboot that is to come. Its instants are the boot's own time, which sleep does not stop and no wall clock moves. */
export type RebootPlan = {
  actionId: string;
  askedBy: string | null;
  reason: string;
  /** The boot that it is to end. */
  bootId: string;
  dueSinceBootMs: number;
  /** It can be put off to this instant at the latest. */
  latestSinceBootMs: number;
  /** What the wall clock says at that time, as far as it is known. */
  dueAtMs: number;
  postponementsLeft: number;
  /** The system counts down and announces it; until then only the agent does. */
  isWithSystem: boolean;
  /** The system is made to forget it, so that it happens then, in the boot's own time; null while it is not. */
  movesToSinceBootMs: number | null;
};

const MINUTE_MS = 60_000;
/** The time a user gets when the instant passed while the machine slept, and the system's own last warning. */
export const FINAL_NOTICE_MS = 5 * MINUTE_MS;
/** An instant that is further away than this was slept through, or the agent was not there. */
const MISSED_MS = 30_000;
/** The two clocks are not read in the same instant, and some systems give the time since boot in whole seconds. */
const CLOCK_NOISE_MS = 5000;

/**
 * What is to be done about a reboot that only the agent counts down:
 *
 *   wait --due, a tray is open--> hand over, now
 *     |---- five minutes before it, no tray is open ----> hand over, with the rest as the system's own delay
 *     +---- the instant was missed ----> five minutes again: in the tray, or as the system's own delay
 */
export type PlanStep =
  | { kind: "wait"; forMs: number }
  | { kind: "give-time" }
  | { kind: "hand-over"; delayMinutes: number };

export function nextStep(plan: RebootPlan, sinceBootMs: number, isTrayOpen: boolean): PlanStep {
  const leftMs = plan.dueSinceBootMs - sinceBootMs;
  const isMissed = leftMs < -MISSED_MS;
  if (isTrayOpen) {
    if (isMissed) return { kind: "give-time" };
    return leftMs > 0 ? { kind: "wait", forMs: leftMs } : { kind: "hand-over", delayMinutes: 0 };
  }
  if (leftMs > FINAL_NOTICE_MS) return { kind: "wait", forMs: leftMs - FINAL_NOTICE_MS };
  const announcedMs = isMissed ? FINAL_NOTICE_MS : leftMs;
  const delayMinutes = Math.max(1, Math.ceil(announcedMs / MINUTE_MS));
  // The system counts whole minutes. Who gives it back and forth gains one of them, and not one each time.
  const isTooLate = !isMissed && sinceBootMs + delayMinutes * MINUTE_MS > latestRounded(plan);
  return { kind: "hand-over", delayMinutes: isTooLate ? 0 : delayMinutes };
}

/** The plan as the system has it, due after whole minutes; the rounding does not change what the user may still choose. */
export function asHandedOver(plan: RebootPlan, delayMinutes: number, clock: Clock): RebootPlan {
  const dueSinceBootMs = clock.sinceBootMs() + delayMinutes * MINUTE_MS;
  const moved = { ...moveTo(plan, dueSinceBootMs, clock), isWithSystem: true };
  const { latestSinceBootMs } = plan;
  return dueSinceBootMs > latestRounded(plan) ? moved : { ...moved, latestSinceBootMs };
}

function latestRounded({ latestSinceBootMs }: RebootPlan): number {
  return latestSinceBootMs + MINUTE_MS;
}

/** The plan with another instant. */
export function moveTo(plan: RebootPlan, dueSinceBootMs: number, clock: Clock): RebootPlan {
  return {
    ...plan,
    dueSinceBootMs,
    dueAtMs: wallAt(dueSinceBootMs, clock),
    latestSinceBootMs: Math.max(plan.latestSinceBootMs, dueSinceBootMs),
    movesToSinceBootMs: null,
  };
}

/** The plan with its instant by the wall clock now, which may have been set since. The same plan when it was not. */
export function adjustToWallClock(plan: RebootPlan, clock: Clock): RebootPlan {
  const dueAtMs = wallAt(plan.dueSinceBootMs, clock);
  return Math.abs(dueAtMs - plan.dueAtMs) > CLOCK_NOISE_MS ? { ...plan, dueAtMs } : plan;
}

function wallAt(sinceBootMs: number, clock: Clock): number {
  return Math.round(clock.wallMs() + sinceBootMs - clock.sinceBootMs());
}

/** Whether what was read has every field as it was written. */
export function isPlan(plan: RebootPlan): boolean {
  const { actionId, askedBy, reason, bootId, postponementsLeft, isWithSystem, movesToSinceBootMs } = plan;
  const instants = [plan.dueSinceBootMs, plan.latestSinceBootMs, plan.dueAtMs, movesToSinceBootMs ?? 0];
  return (
    [actionId, reason, bootId].every((text) => typeof text === "string") &&
    (askedBy === null || typeof askedBy === "string") &&
    instants.every(Number.isFinite) &&
    Number.isSafeInteger(postponementsLeft) &&
    postponementsLeft >= 0 &&
    typeof isWithSystem === "boolean"
  );
}

/** The plan as its user sees it. */
export function asPlannedReboot(plan: RebootPlan, warnings: RebootWarning[]): PlannedReboot {
  const { actionId, askedBy, reason, dueAtMs, postponementsLeft } = plan;
  const latestAtMs = Math.round(dueAtMs + Math.max(0, plan.latestSinceBootMs - plan.dueSinceBootMs));
  return { actionId, askedBy, reason, dueAtMs, latestAtMs, postponementsLeft, warnings };
}
