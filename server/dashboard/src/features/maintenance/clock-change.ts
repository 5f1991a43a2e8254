import type { MaintenanceOccurrence } from "@muster/shared/contracts/maintenance-window.ts";

const HOUR_MS = 3_600_000;

/** What a change of the clock does to an occurrence; null when it does nothing. */
export type ClockChange = "skipped" | "repeated" | "shifted";

/** `time` is the planned local time in `zone`, as in "02:30". */
export function clockChangeOf(
  { startsAt, endsAt }: MaintenanceOccurrence,
  { time, zone }: { time: string; zone: string },
): ClockChange | null {
  const start = Date.parse(startsAt);
  if (localTime(start, zone) !== time) return "skipped";
  if (localTime(start + HOUR_MS, zone) === time) return "repeated";
  return offsetMs(start, zone) === offsetMs(Date.parse(endsAt), zone) ? null : "shifted";
}

/** The local time of an instant, as in "02:30". */
export function localTime(at: number, zone: string): string {
  const format = new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "2-digit", minute: "2-digit" });
  return format.format(at);
}

function offsetMs(at: number, zone: string): number {
  const format = new Intl.DateTimeFormat("en-CA", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });
  const [date, clock] = format.format(at).split(", ");
  return Date.parse(`${date}T${clock}Z`) - Math.floor(at / 1_000) * 1_000;
}
