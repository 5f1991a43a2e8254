import { availabilityPercent } from "@muster/shared/availability-percent.ts";
import type { AvailabilityDay, AvailabilityTotal } from "@muster/shared/contracts/availability.ts";

/** How a day is drawn: "down" with any outage, otherwise what it has most of what can be told. */
export type DayKind = "down" | "up" | "excused" | "unknown" | "none";

export function dayKind({ upS, excusedS, downS, unknownS }: AvailabilityTotal): DayKind {
  if (downS > 0) return "down";
  if (upS > 0) return "up";
  if (excusedS > 0) return "excused";
  return unknownS > 0 ? "unknown" : "none";
}

/** What to say where no outage is listed. Before the recording there may have been some. */
export function withoutOutages({ percent }: Pick<AvailabilityTotal, "percent">, isWholeRange: boolean) {
  if (percent === null) return "availability.nothingRecorded";
  return isWholeRange ? "availability.noOutages" : "availability.noneRecorded";
}

/** The first day with a record, unless that is the first of all or there is none. */
export function recordedSince(days: readonly AvailabilityDay[]): string | null {
  const first = days.findIndex((day) => dayKind(day) !== "none");
  return first > 0 ? (days[first]?.day ?? null) : null;
}

/** The newest `count` days together, without their outages over midnight counted twice. */
export function lastDays(days: readonly AvailabilityDay[], count: number): AvailabilityTotal {
  const sum = { upS: 0, excusedS: 0, downS: 0, unknownS: 0, outages: 0 };
  for (const day of days.slice(-count)) {
    sum.upS += day.upS;
    sum.excusedS += day.excusedS;
    sum.downS += day.downS;
    sum.unknownS += day.unknownS;
    sum.outages += day.outages;
  }
  return { percent: availabilityPercent(sum.upS, sum.downS), ...sum };
}

const FIELDS = ["day", "percent", "up_s", "excused_s", "down_s", "unknown_s", "outages"];

/** Rows of the CSV file: a day each. */
export function dayRows(days: readonly AvailabilityDay[]): (string | number | null)[][] {
  return [
    FIELDS,
    ...days.map(({ day, percent, upS, excusedS, downS, unknownS, outages }) => [
      day,
      percent,
      upS,
      excusedS,
      downS,
      unknownS,
      outages,
    ]),
  ];
}
