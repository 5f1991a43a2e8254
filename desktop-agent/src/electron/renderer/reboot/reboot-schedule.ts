import type { PlannedReboot } from "@muster/shared/contracts/local-agent.ts";

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** Id of the text that shows how often the reboot can still be postponed. */
export const ALLOWED_ID = "allowed";

type RebootTime = "hour" | "tonight" | "pick";
/** An offered time. `toMs` is null when the user picks it; `whyNot` is set when it cannot be chosen. */
export type RebootChoice = {
  time: RebootTime;
  toMs: number | null;
  whyNot: "tooLate" | "noneLeft" | null;
};

/**
 * The choices besides "now". A later time than planned uses a postponement and is limited by `latestAtMs`; an earlier one is not.
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

/** The range in which a time can be picked, in epoch milliseconds. */
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

/** The next 22:00 in local time that is at least an hour away, in epoch milliseconds. */
export function tonightMs(nowMs: number): number {
  const tonight = new Date(nowMs);
  tonight.setHours(TONIGHT_HOUR, 0, 0, 0);
  // Not 24 hours later: the day may be an hour longer or shorter.
  if (tonight.getTime() < nowMs + HOUR_MS) tonight.setDate(tonight.getDate() + 1);
  return tonight.getTime();
}

/** Remaining times that screen readers announce, longest first. */
const ANNOUNCED_AT_MS = [
  ...[24, 12, 6, 3, 2, 1].map((hours) => hours * HOUR_MS),
  ...[30, 15, 10, 5, 4, 3, 2, 1].map((minutes) => minutes * MINUTE_MS),
  ...[30, 10].map((seconds) => seconds * SECOND_MS),
];

/** The last announced remaining time that was reached, in milliseconds; null before the first. */
export function lastAnnouncementMs(leftMs: number): number | null {
  return ANNOUNCED_AT_MS.findLast((moment) => leftMs <= moment) ?? null;
}

/** A remaining time as "m:ss" or "h:mm:ss". Seconds are rounded up, so that 0 is the end. */
export function countdownText(leftMs: number): string {
  const seconds = Math.max(0, Math.ceil(leftMs / SECOND_MS));
  const two = (part: number) => String(part).padStart(2, "0");
  const hours = Math.floor(seconds / 3_600);
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
}

/** An instant as the value of a date and time field, in local time: "2026-11-20T22:00". */
export function toLocalInput(atMs: number): string {
  const at = new Date(atMs);
  const two = (part: number) => String(part).padStart(2, "0");
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** The instant of such a value in epoch milliseconds; null when it is invalid. */
export function fromLocalInput(text: string): number | null {
  if (!/^\d{4,}-\d\d-\d\dT\d\d:\d\d/.test(text)) return null;
  const atMs = new Date(text).getTime();
  return Number.isNaN(atMs) ? null : atMs;
}
