import { ALARM_TYPES } from "../../shared/src/alarms/catalog.ts";
import { type AlarmEntry, nextAlarmState } from "../../server/src/alerting/evaluation/alarm-state.ts";
import { forecastDisk } from "../../server/src/alerting/forecast/forecast-disk.ts";
import { deviationOf, usualOf, usualSpans } from "../../server/src/alerting/forecast/judge-usual.ts";
import type { HistoryCondition } from "../../shared/src/alarms/alarm-condition.ts";
import { type DiskYear, diskYear, type ValueYear, valueYear, YEAR_START } from "./device-years.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MONTH_MS = 30.4 * DAY_MS;
const STEP_MS = 300_000;
const WINDOW_MS = 42 * DAY_MS;
/** An alarm before the end by more than this is one about something else. */
const MAX_LEAD_DAYS = 45;

/** What a rule did in the years of a kind of device. */
export type Measured = {
  kind: string;
  alarms: number;
  falseAlarms: number;
  events: number;
  found: number;
  /** Days from the alarm to the end that it announced. */
  leadDays: number[];
  months: number;
};

type Alarm = { from: number; to: number };

function conditionOf(type: "disk-full" | "unusual", settings: object): HistoryCondition {
  const condition = ALARM_TYPES[type].conditionOf(settings);
  if (condition.watches !== "history") throw new Error("the rule is about the history");
  return condition;
}

/** Drives the state machine of alarms with one score after the other. */
function follow(condition: HistoryCondition, lookMs: number) {
  const plan = { ...condition, id: "rule", conditionVersion: 1, cooldownMs: 0, share: 100, minValues: 1 };
  const alarms: Alarm[] = [];
  let entry: AlarmEntry | null = null;
  return {
    look(at: number, score: number) {
      const levels = condition.judge(score);
      if (entry === null && !Object.values(levels).some(({ violates }) => violates)) return;
      const common = { now: at, at, maxGapMs: 3 * lookMs, mayOpen: true, isQuiet: false, facts: {} };
      const next = nextAlarmState(entry, null, { levels, ...common }, plan);
      ({ entry } = next);
      if (next.event?.kind === "violated") alarms.push({ from: at, to: Number.POSITIVE_INFINITY });
      const last = alarms.at(-1);
      if (next.event?.kind === "ended" && last) last.to = at;
    },
    alarms,
  };
}

/** The alarms of a rule with default settings on one disk, looked at every `everyHours`. */
function diskAlarms({ times, free, used }: DiskYear, everyHours: number, settings: object): Alarm[] {
  const condition = conditionOf("disk-full", settings);
  const historyDays = condition.basis.kind === "disk-full" ? condition.basis.historyDays : 0;
  const followed = follow(condition, everyHours * HOUR_MS);
  let first = 0;
  for (let end = 1; end <= times.length; end += everyHours) {
    const now = (times[end - 1] ?? 0) + HOUR_MS;
    while ((times[first] ?? now) < now - WINDOW_MS) first += 1;
    const cut = (values: Float64Array) => values.subarray(first, end);
    const forecast = forecastDisk({ times: cut(times), free: cut(free), used: cut(used) }, historyDays);
    followed.look(now, forecast?.daysLeft ?? Number.POSITIVE_INFINITY);
  }
  return followed.alarms;
}

/** Compares the alarms of disks of a kind with the times at which they were full. */
export function measureDisks(
  kind: string,
  {
    seeds,
    everyHours = 1,
    settings = {},
  }: { seeds: readonly number[]; everyHours?: number; settings?: object },
): Measured {
  const result: Measured = { kind, alarms: 0, falseAlarms: 0, events: 0, found: 0, leadDays: [], months: 0 };
  for (const seed of seeds) {
    const year = diskYear(kind, seed);
    const alarms = diskAlarms(year, everyHours, settings);
    const announces = ({ from, to }: Alarm, full: number) =>
      from < full && to >= full - DAY_MS && full - from <= MAX_LEAD_DAYS * DAY_MS;
    result.months += (365 * DAY_MS) / MONTH_MS;
    result.alarms += alarms.length;
    // Of a disk that is full after the year, nobody knows; what announces it is not false.
    const isFalse = (alarm: Alarm) =>
      alarm.to < Number.POSITIVE_INFINITY && !year.fullAt.some((full) => announces(alarm, full));
    const isOpen = (alarm: Alarm) => alarm.to === Number.POSITIVE_INFINITY && year.fullAt.length === 0;
    result.falseAlarms += alarms.filter((alarm) => isFalse(alarm) || isOpen(alarm)).length;
    result.events += year.fullAt.length;
    for (const full of year.fullAt) {
      const own = alarms.find((alarm) => announces(alarm, full));
      if (!own) continue;
      result.found += 1;
      result.leadDays.push((full - own.from) / DAY_MS);
    }
  }
  return result;
}

/** The alarms of an unusual-value rule on one machine. */
function valueAlarms({ values }: ValueYear, settings: object): Alarm[] {
  const condition = conditionOf("unusual", { metric: "cpu", ...settings });
  const followed = follow(condition, STEP_MS);
  let known: { hour: number; usual: ReturnType<typeof usualOf> } = { hour: -1, usual: null };
  for (const [step, value] of values.entries()) {
    if (Number.isNaN(value)) continue;
    const at = YEAR_START + step * STEP_MS;
    const hour = Math.floor(at / HOUR_MS);
    if (known.hour !== hour) known = { hour, usual: usualOf("cpu", valuesOf(values, at)) };
    if (known.usual) followed.look(at + STEP_MS, deviationOf(value, known.usual));
  }
  return followed.alarms;
}

function valuesOf(values: Float64Array, at: number): number[] {
  return usualSpans(at).flatMap(({ from, to }) => {
    const start = Math.max(0, (from - YEAR_START) / STEP_MS);
    const end = Math.max(0, (to - YEAR_START) / STEP_MS);
    return [...values.subarray(start, end)].filter((value) => !Number.isNaN(value));
  });
}

/** Compares the alarms about unusual values of machines of a kind with the planted anomalies. */
export function measureValues(
  kind: string,
  { seeds, settings = {} }: { seeds: readonly number[]; settings?: object },
): Measured {
  const result: Measured = { kind, alarms: 0, falseAlarms: 0, events: 0, found: 0, leadDays: [], months: 0 };
  for (const seed of seeds) {
    const year = valueYear(kind, seed);
    const alarms = valueAlarms(year, settings);
    const events = year.anomalies
      .filter(({ from }) => !Number.isNaN(year.values[from]))
      .map(({ from, to }) => ({ from: YEAR_START + from * STEP_MS, to: YEAR_START + to * STEP_MS }));
    const meets = (alarm: Alarm, event: Alarm) => alarm.from >= event.from && alarm.from <= event.to;
    result.months += (365 * DAY_MS) / MONTH_MS;
    result.alarms += alarms.length;
    result.falseAlarms += alarms.filter((alarm) => !events.some((event) => meets(alarm, event))).length;
    result.events += events.length;
    result.found += events.filter((event) => alarms.some((alarm) => meets(alarm, event))).length;
  }
  return result;
}
