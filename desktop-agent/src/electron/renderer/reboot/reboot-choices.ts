import type { PlannedReboot } from "@muster/shared/contracts/local-agent.ts";

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** Id of the line that says how often the reboot can still be postponed. */
export const ALLOWED_ID = "allowed";

type RebootTime = "hour" | "tonight" | "pick";
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

const TONIGHT_HOUR = 22;

/** The next 22:00 of this device's own time that is at least an hour away, in epoch milliseconds. */
export function tonightMs(nowMs: number): number {
  const tonight = new Date(nowMs);
  tonight.setHours(TONIGHT_HOUR, 0, 0, 0);
  // Not 24 hours on: the night may be an hour longer or shorter.
  if (tonight.getTime() < nowMs + HOUR_MS) tonight.setDate(tonight.getDate() + 1);
  return tonight.getTime();
}

/** Times before a reboot at which a screen reader says how long it is, longest first. */
const MOMENTS_MS = [
  ...[24, 12, 6, 3, 2, 1].map((hours) => hours * HOUR_MS),
  ...[30, 15, 10, 5, 4, 3, 2, 1].map((minutes) => minutes * MINUTE_MS),
  ...[30, 10].map((seconds) => seconds * SECOND_MS),
];

/** The last moment that was reached, in milliseconds before the reboot; null while it is further than all. */
export function momentOf(leftMs: number): number | null {
  return MOMENTS_MS.findLast((moment) => leftMs <= moment) ?? null;
}

/** A span as a clock that counts down, in hours where it has any; seconds are rounded up, so that 0 is the end. */
export function clockText(leftMs: number): string {
  const seconds = Math.max(0, Math.ceil(leftMs / SECOND_MS));
  const two = (part: number) => String(part).padStart(2, "0");
  const hours = Math.floor(seconds / 3_600);
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
}

/** An instant as a date-and-time field holds it, in this device's own time: "2026-11-20T22:00". */
export function toLocalInput(atMs: number): string {
  const at = new Date(atMs);
  const two = (part: number) => String(part).padStart(2, "0");
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** The instant in epoch milliseconds that such a text means here, null when it is none. */
export function fromLocalInput(text: string): number | null {
  if (!/^\d{4,}-\d\d-\d\dT\d\d:\d\d/.test(text)) return null;
  const atMs = new Date(text).getTime();
  return Number.isNaN(atMs) ? null : atMs;
}
