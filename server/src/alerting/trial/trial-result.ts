import type { AlarmRuleTrial, TriedAlarm, UntriedReason } from "@muster/shared/contracts/alarm-rule-trial.ts";
import { UntriedReason as Reasons } from "@muster/shared/contracts/alarm-rule-trial.ts";
import { Resolution } from "@muster/shared/contracts/history.ts";
import { toInstant, toNullableInstant } from "../../platform/instant.ts";
import type { PastAlarm } from "./past-alarm.ts";
import type { Rivals } from "./rule-group.ts";

const DAY_MS = 86_400_000;
const MAX_LONGEST = 10;
const MAX_NEWEST = 20;

type Span = { from: number; to: number };
type TriedDevice = { id: string; name: string };

export type TrialResult = {
  addRivals(rivals: Rivals): void;
  addDevice(device: TriedDevice, alarms: readonly PastAlarm[]): void;
  addResolution(resolution: Resolution): void;
  leaveOut(reason: UntriedReason, devices: number): void;
  /** `nameOf` gives the names of rules. */
  finish(basis: AlarmRuleTrial["basis"], nameOf: (ruleId: string) => string): AlarmRuleTrial;
};

/** Adds up what a trial finds on each device. Keeps a few alarms as examples, however many there are. */
export function createTrialResult(span: Span): TrialResult {
  const days = daysOf(span);
  const overriddenBy = new Map<string, number>();
  const overrides = new Map<string, number>();
  const untried = new Map<UntriedReason, number>();
  const resolutions = new Set<Resolution>();
  const counts = { alarms: 0, devices: 0, triedDevices: 0 };
  let longest: TriedAlarm[] = [];
  let newest: TriedAlarm[] = [];
  return {
    addRivals(rivals) {
      for (const id of rivals.overriddenBy) increase(overriddenBy, id, 1);
      for (const id of rivals.overrides) increase(overrides, id, 1);
    },
    addDevice(device, found) {
      const alarms = found.filter(({ from }) => from >= span.from);
      counts.triedDevices += 1;
      counts.alarms += alarms.length;
      if (alarms.length > 0) counts.devices += 1;
      for (const { from } of alarms) increase(days, dayText(from), 1);
      const shown = alarms.map((alarm) => toTried(alarm, device, span));
      longest = [...longest, ...shown].toSorted(byDuration).slice(0, MAX_LONGEST);
      newest = [...newest, ...shown].toSorted(byStart).slice(0, MAX_NEWEST);
    },
    addResolution: (resolution) => void resolutions.add(resolution),
    leaveOut(reason, devices) {
      if (devices > 0) increase(untried, reason, devices);
    },
    finish: (basis, nameOf) => ({
      from: toInstant(span.from),
      to: toInstant(span.to),
      basis,
      resolutions: Resolution.options.filter((one) => resolutions.has(one)),
      ...counts,
      days: [...days].map(([day, alarms]) => ({ day, alarms })),
      longest,
      newest,
      overriddenBy: toRivals(overriddenBy, nameOf),
      overrides: toRivals(overrides, nameOf),
      untried: Reasons.options.flatMap((reason) => {
        const devices = untried.get(reason);
        return devices === undefined ? [] : [{ reason, devices }];
      }),
    }),
  };
}

function increase<Key>(counts: Map<Key, number>, key: Key, by: number): void {
  counts.set(key, (counts.get(key) ?? 0) + by);
}

function daysOf({ from, to }: Span): Map<string, number> {
  const days = new Map<string, number>();
  for (let at = from; at < to; at = (Math.floor(at / DAY_MS) + 1) * DAY_MS) days.set(dayText(at), 0);
  return days;
}

function dayText(at: number): string {
  return toInstant(at).slice(0, 10);
}

function toTried(alarm: PastAlarm, device: TriedDevice, span: Span): TriedAlarm {
  const { instance, severity, from, to, peak } = alarm;
  const durationS = Math.max(0, Math.round(((to ?? span.to) - from) / 1_000));
  return { device, instance, severity, from: toInstant(from), to: toNullableInstant(to), durationS, peak };
}

function byDuration(one: TriedAlarm, other: TriedAlarm): number {
  return other.durationS - one.durationS || byStart(one, other);
}

function byStart(one: TriedAlarm, other: TriedAlarm): number {
  return one.from < other.from ? 1 : one.from > other.from ? -1 : 0;
}

function toRivals(counts: ReadonlyMap<string, number>, nameOf: (ruleId: string) => string) {
  return [...counts]
    .map(([id, devices]) => ({ id, name: nameOf(id), devices }))
    .toSorted((one, other) => other.devices - one.devices);
}
