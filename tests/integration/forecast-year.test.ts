import { afterAll, describe, expect, inject, it } from "vitest";
import { DISK_KINDS, VALUE_KINDS } from "../harness/device-years.ts";
import { type Measured, measureDisks, measureValues } from "../harness/measure-forecasts.ts";

/** What `npm run test:forecast` measures, or a small part of it. */
const IS_FULL = inject("isFullRun");
const DISK_SEEDS = IS_FULL ? [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] : [3];
const VALUE_SEEDS = IS_FULL ? [1, 2, 3, 4, 5, 6, 7, 8] : [4];
const EVERY_HOURS = IS_FULL ? 3 : 24;
const SOME_DISKS = ["steady growth", "weekly log rotation", "large copies", "resized", "office machine"];
const DISKS = IS_FULL ? Object.keys(DISK_KINDS) : SOME_DISKS;
const VALUES = IS_FULL ? Object.keys(VALUE_KINDS) : ["nightly backups"];
/** A cycle of a month is unknown until its first end; what comes at random is never usual. */
const UNKNOWABLE = ["monthly rotation", "batch jobs at random"];

const disks: Measured[] = [];
const values: Measured[] = [];

afterAll(() => {
  // The figures of the full run stand in docs/decisions/0153-alerting-forecasts.md.
  if (IS_FULL) process.stdout.write(`${tableOf("Disk full", disks)}\n${tableOf("Unusual value", values)}\n`);
});

describe("forecasts over a synthetic year", { timeout: 600_000 }, () => {
  it.each(DISKS)("announce the end of a disk in time, and nothing else: %s", (kind) => {
    const measured = measureDisks(kind, { seeds: DISK_SEEDS, everyHours: EVERY_HOURS });
    disks.push(measured);
    const { falseAlarms, months, events, found, leadDays } = measured;
    expect(found).toBeGreaterThanOrEqual(0.75 * events);
    if (events > 0) expect(medianOf(leadDays)).toBeGreaterThan(5);
    expect(falseAlarms / months).toBeLessThanOrEqual(UNKNOWABLE.includes(kind) ? 0.2 : 0.08);
  });

  it.each(VALUES)("find what is unusual, and little else: %s", (kind) => {
    const measured = measureValues(kind, { seeds: VALUE_SEEDS });
    values.push(measured);
    const { falseAlarms, months, events, found } = measured;
    expect(found).toBeGreaterThanOrEqual(0.6 * events);
    expect(events).toBeGreaterThan(0);
    if (!UNKNOWABLE.includes(kind)) expect(falseAlarms / months).toBeLessThanOrEqual(0.2);
  });
});

function medianOf(numbers: readonly number[]): number {
  return numbers.toSorted((one, other) => one - other)[numbers.length >> 1] ?? Number.NaN;
}

function tableOf(title: string, rows: readonly Measured[]): string {
  const sum = (pick: (row: Measured) => number) => rows.reduce((total, row) => total + pick(row), 0);
  const all: Measured = {
    kind: "all",
    alarms: sum(({ alarms }) => alarms),
    falseAlarms: sum(({ falseAlarms }) => falseAlarms),
    events: sum(({ events }) => events),
    found: sum(({ found }) => found),
    leadDays: rows.flatMap(({ leadDays }) => leadDays),
    months: sum(({ months }) => months),
  };
  const lines = [...rows, all].map(({ kind, alarms, falseAlarms, events, found, leadDays, months }) => {
    const precision = alarms === 0 ? "" : (1 - falseAlarms / alarms).toFixed(2);
    const recall = events === 0 ? "" : (found / events).toFixed(2);
    const lead = leadDays.length === 0 ? "" : medianOf(leadDays).toFixed(1);
    return `| ${[kind, precision, recall, lead, (falseAlarms / months).toFixed(3)].join(" | ")} |`;
  });
  const head = "| precision | recall | lead (days, median) | false alarms per device and month |";
  return [`| ${title} ${head}`, "| --- | --- | --- | --- | --- |", ...lines].join("\n");
}
