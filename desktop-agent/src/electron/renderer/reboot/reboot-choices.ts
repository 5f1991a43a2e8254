import type { PlannedReboot } from "@muster/shared/contracts/local-agent.ts";
import { tonightMs } from "../../model/tonight.ts";

const HOUR_MS = 3_600_000;

export type RebootTime = "hour" | "tonight" | "pick";
/** A time that is offered. `toMs` is null where the person picks it; `whyNot` when it cannot be chosen. */
export type RebootChoice = {
  time: RebootTime;
  toMs: number | null;
  whyNot: "tooLate" | "noneLeft" | null;
};

/**
 * The times beside "now". Later than planned takes a postponement and is possible up to `latestAtMs`; earlier is always possible.
 */
export function rebootChoices(reboot: PlannedReboot, nowMs: number): RebootChoice[] {
  const fixed = [
    { time: "hour", toMs: nowMs + HOUR_MS },
    { time: "tonight", toMs: tonightMs(nowMs) },
  ] as const;
  const { fromMs, untilMs } = rebootRange(reboot, nowMs);
  const whyNotPick = untilMs > fromMs ? null : lastReason(reboot);
  return [
    ...fixed.map(({ time, toMs }) => ({ time, toMs, whyNot: whyNot(reboot, toMs) })),
    { time: "pick", toMs: null, whyNot: whyNotPick },
  ];
}

/** Epoch milliseconds between which a time can be picked. */
export function rebootRange(reboot: PlannedReboot, nowMs: number): { fromMs: number; untilMs: number } {
  const untilMs = reboot.postponementsLeft > 0 ? reboot.latestAtMs : reboot.dueAtMs;
  return { fromMs: Math.ceil((nowMs + 60_000) / 60_000) * 60_000, untilMs };
}

function whyNot(reboot: PlannedReboot, toMs: number): RebootChoice["whyNot"] {
  if (toMs <= reboot.dueAtMs) return null;
  if (reboot.postponementsLeft === 0) return "noneLeft";
  return toMs > reboot.latestAtMs ? "tooLate" : null;
}

function lastReason({ postponementsLeft }: PlannedReboot): "tooLate" | "noneLeft" {
  return postponementsLeft === 0 ? "noneLeft" : "tooLate";
}
