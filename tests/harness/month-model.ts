import type { MonthDevice, MonthReport } from "./month-fleet.ts";
import type { MonthHours, MonthRule } from "./month-rules.ts";

/*
 * What alarms and messages should be, written as plainly as possible from the decisions 0145 to 0148. It shares no code with the server
 * and is slow: it keeps every value that a rule may still count, and every alarm that ever was.
 */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const INTERVAL = 3 * MINUTE;
const MISSING_AFTER = 1.5 * INTERVAL;
const LATE_AFTER = 2.5 * INTERVAL;
const OFFLINE_AFTER = 10 * MINUTE;

type Severity = "warning" | "critical";
type Connection = "waiting" | "online" | "late" | "offline" | "expired";

type Value = { observed: number; violates: boolean };

/** One level of a rule for one instance of a device. */
type Level = { values: Value[]; isFiring: boolean; clearSince: number | null; lastClear: number };

type Instance = { levels: { warning: Level; critical: Level }; cooldownUntil: number };

type Device = MonthDevice & {
  lastSeen: number | null;
  connection: Connection;
  isAsleep: boolean;
  isOfflineFiring: boolean;
  instances: Map<string, Instance>;
};

export type ModelEvent = { kind: string; at: number; severity: Severity };
export type ModelMessage = { kind: string; number: number; at: number };

export type ModelAlarm = {
  key: string;
  deviceName: string | null;
  isAboutValues: boolean;
  severity: Severity;
  events: ModelEvent[];
  messages: ModelMessage[];
  endedAt: number | null;
  isViolating: boolean;
  changes: number[];
  unstableSince: number | null;
  isMuted: boolean;
  isTold: boolean;
};

type Hold = { missedFrom: number; detectedAt: number; fewSince: number | null };

type State = {
  observed: number;
  /** Wall time of the step. */
  now: number;
  devices: Map<string, Device>;
  /** Suspected outages: of sites by their network, and of all devices under "". */
  holds: Map<string, Hold>;
  alarms: ModelAlarm[];
  /** Those of `alarms` that are open, or were a step ago. */
  open: ModelAlarm[];
  newest: Map<string, ModelAlarm>;
};

export type MonthModel = {
  readonly alarms: readonly ModelAlarm[];
  /** Five minutes later, at the wall time `now`, of which `observedMs` passed while a server ran. */
  step(now: number, observedMs: number, reports: ReadonlyMap<string, MonthReport>): void;
  backUp(): void;
  /** Goes back to the backup; at the next step every open alarm that was told is told again. */
  restore(): void;
};

export function createMonthModel(devices: readonly MonthDevice[], rules: readonly MonthRule[]): MonthModel {
  let state = firstState(devices);
  let saved: State | null = null;
  let isRestored = false;
  return {
    get alarms() {
      return state.alarms;
    },
    step(now, observedMs, reports) {
      state.observed += observedMs;
      state.now = now;
      for (const [name, report] of reports) receive(state, rules, deviceOf(state, name), report, now);
      missReports(state);
      for (const device of state.devices.values()) lookAtOffline(state, rules, device, now);
      compareOutages(state, now);
      for (const alarm of state.open) passTime(state, alarm, now);
      state.open = state.open.filter(({ endedAt }) => endedAt === null);
      if (isRestored) remindOfAll(state, now);
      isRestored = false;
    },
    backUp() {
      saved = structuredClone(state);
    },
    restore() {
      if (!saved) throw new Error("there is no backup");
      state = structuredClone(saved);
      isRestored = true;
    },
  };
}

function firstState(devices: readonly MonthDevice[]): State {
  const fresh = devices.map(({ name, deviceClass, tags, network }): [string, Device] => [
    name,
    {
      name,
      deviceClass,
      tags,
      network,
      lastSeen: null,
      connection: "waiting",
      isAsleep: false,
      isOfflineFiring: false,
      instances: new Map(),
    },
  ]);
  return {
    observed: 0,
    now: 0,
    devices: new Map(fresh),
    holds: new Map(),
    alarms: [],
    open: [],
    newest: new Map(),
  };
}

function deviceOf(state: State, name: string): Device {
  const device = state.devices.get(name);
  if (!device) throw new Error(`the model has no device ${name}`);
  return device;
}

// Reports

function receive(
  state: State,
  rules: readonly MonthRule[],
  device: Device,
  report: MonthReport,
  now: number,
) {
  device.lastSeen = state.observed;
  device.connection = "online";
  device.isAsleep = report.isLastWord;
  lookAtOffline(state, rules, device, now);
  for (const metric of ["cpu", "memory", "fileSystem.used"] as const) {
    const rule =
      rules.find((one) => one.metric === metric && one.tag !== null && device.tags.includes(one.tag)) ??
      rules.find((one) => one.metric === metric && one.tag === null);
    if (!rule) continue;
    if (metric === "fileSystem.used") {
      lookAtValue(state, { rule, device, instance: "/", value: report.disks[0], now });
      lookAtValue(state, { rule, device, instance: "/srv", value: report.disks[1], now });
    } else lookAtValue(state, { rule, device, instance: null, value: report[metric], now });
  }
}

type Look = { rule: MonthRule; device: Device; instance: string | null; value: number; now: number };

function lookAtValue(state: State, { rule, device, instance, value, now }: Look): void {
  const key = keyOf(rule, device, instance);
  const fresh = (): Level => ({ values: [], isFiring: false, clearSince: null, lastClear: 0 });
  const one = device.instances.get(key) ?? {
    levels: { warning: fresh(), critical: fresh() },
    cooldownUntil: 0,
  };
  device.instances.set(key, one);
  const before = severityOf(one);
  const mayOpen = before !== null || (isActive(rule.hours, now) && state.observed >= one.cooldownUntil);
  const lowest = rule.warning ?? rule.critical ?? 0;
  const distance = rule.clear === null ? 0 : lowest - rule.clear;
  for (const severity of ["warning", "critical"] as const) {
    const threshold = rule[severity];
    if (threshold === null) continue;
    const finding = { violates: value >= threshold, isClear: value < threshold - distance, mayOpen };
    moveLevel(one.levels[severity], rule, state.observed, finding);
  }
  const after = severityOf(one);
  if (after !== null && after !== before)
    violate(state, { key, device, isAboutValues: true, severity: after, at: now });
  if (after === null && before !== null) {
    one.cooldownUntil = state.observed + rule.cooldownS * 1000;
    clear(state, key, now);
  }
}

function severityOf({ levels }: Instance): Severity | null {
  if (levels.critical.isFiring) return "critical";
  return levels.warning.isFiring ? "warning" : null;
}

function moveLevel(
  level: Level,
  rule: MonthRule,
  observed: number,
  { violates, isClear, mayOpen }: { violates: boolean; isClear: boolean; mayOpen: boolean },
): void {
  const forMs = rule.forS * 1000;
  if (level.isFiring) {
    if (!isClear) {
      level.clearSince = null;
      return;
    }
    const longestGap = Math.max(rule.clearForS * 1000, 3 * INTERVAL);
    if (level.clearSince === null || observed - level.lastClear > longestGap) level.clearSince = observed;
    level.lastClear = observed;
    if (observed - level.clearSince >= rule.clearForS * 1000)
      Object.assign(level, { isFiring: false, clearSince: null, values: [] });
    return;
  }
  const window = Math.max(forMs, 3 * INTERVAL);
  const last = level.values.at(-1);
  if (last && observed - last.observed > window) level.values = [];
  if (!violates && (level.values.length === 0 || rule.sharePercent === 100)) {
    level.values = [];
    return;
  }
  level.values.push({ observed, violates });
  const recent = level.values.filter((value) => value.observed > observed - window);
  const violating = recent.filter((value) => value.violates).length;
  if (violating === 0) {
    level.values = [];
    return;
  }
  const [first] = level.values;
  const hasLasted = first !== undefined && observed - first.observed >= forMs;
  const areEnough =
    recent.length >= (forMs === 0 ? 1 : 2) && violating * 100 >= rule.sharePercent * recent.length;
  if (violates && mayOpen && hasLasted && areEnough)
    Object.assign(level, { isFiring: true, values: [], clearSince: null });
}

/** The offsets of 2026: Berlin goes forward on 29 March and back on 25 October, Sydney back on 5 April and forward on 4 October. */
const OFFSETS = {
  "Europe/Berlin": (at: number) => (at >= Date.UTC(2026, 2, 29, 1) && at < Date.UTC(2026, 9, 25, 1) ? 2 : 1),
  "Australia/Sydney": (at: number) =>
    at >= Date.UTC(2026, 3, 4, 16) && at < Date.UTC(2026, 9, 3, 16) ? 10 : 11,
};

function isActive(hours: MonthHours | null, at: number): boolean {
  if (hours === null) return true;
  const local = new Date(at + OFFSETS[hours.zone](at) * HOUR);
  const day = local.getUTCDay() === 0 ? 7 : local.getUTCDay();
  return hours.days.includes(day) && local.getUTCHours() >= hours.from && local.getUTCHours() < hours.to;
}

// Presence

function missReports(state: State): void {
  const all = [...state.devices.values()].filter(({ lastSeen }) => lastSeen !== null);
  const connected = all.filter((one) => !one.isAsleep && ["online", "late"].includes(one.connection));
  const missing = connected.filter((one) => ageOf(state, one) > MISSING_AFTER);
  for (const network of new Set(all.flatMap((one) => one.network ?? []))) {
    const hold = state.holds.get(network);
    if (!hold) continue;
    const isHere = (one: Device) => one.network === network && missedAt(one) >= hold.missedFrom;
    const gone = all.filter((one) => one.connection === "offline" && !one.isAsleep && isHere(one));
    const here = connected.filter((one) => one.network === network).length + gone.length;
    const still = missing.filter(isHere).length + gone.length;
    if (isOver(state, hold, still, ofSite(here))) state.holds.delete(network);
  }
  const isLeft = (one: Device) => one.network === null || !state.holds.has(one.network);
  lookForOutages(state, connected.filter(isLeft), missing.filter(isLeft));
  for (const device of all) device.connection = connectionOf(state, device, connected.includes(device));
}

/** More than the largest failing site explains is an outage of everything; otherwise each failing site is one. */
function lookForOutages(state: State, connected: readonly Device[], missing: readonly Device[]): void {
  const whole = state.holds.get("");
  if (whole) {
    const still = missing.filter((one) => missedAt(one) >= whole.missedFrom).length;
    if (isOver(state, whole, still, ofAll(connected.length))) state.holds.delete("");
    return;
  }
  const failing = [...new Set(missing.flatMap((one) => one.network ?? []))].flatMap((network) => {
    const gone = missing.filter((one) => one.network === network);
    const from = startOf(state, gone, ofSite(connected.filter((one) => one.network === network).length));
    const devices = gone.filter((one) => missedAt(one) >= (from ?? 0)).length;
    return from === null ? [] : [{ network, from, devices }];
  });
  const [largest] = failing.toSorted((a, b) => b.devices - a.devices);
  const isElsewhere = (one: Device) => one.network !== largest?.network || largest === undefined;
  const threshold = ofAll(connected.filter(isElsewhere).length);
  const from = startOf(state, missing.filter(isElsewhere), threshold);
  const begin = (key: string, missedFrom: number) =>
    state.holds.set(key, { missedFrom, detectedAt: state.observed, fewSince: null });
  if (from !== null) begin("", Math.min(from, largest?.from ?? from));
  else for (const one of failing) begin(one.network, one.from);
}

function ofAll(connected: number): number {
  return Math.max(5, Math.ceil(connected / 5));
}

function ofSite(connected: number): number {
  return Math.max(3, Math.floor(connected / 2) + 1);
}

function missedAt({ lastSeen }: Device): number {
  return (lastSeen ?? 0) + INTERVAL;
}

/** When the first of enough devices that stopped together missed its report, if one of these is late. */
function startOf(state: State, missing: readonly Device[], threshold: number): number | null {
  const sorted = missing.toSorted((a, b) => missedAt(a) - missedAt(b));
  for (let index = 0; index + threshold <= sorted.length; index += 1) {
    const group = sorted.slice(index, index + threshold);
    const [first, last] = [group[0], group.at(-1)];
    if (!first || !last || missedAt(last) - missedAt(first) > 2 * MINUTE + INTERVAL) continue;
    if (group.some((one) => ageOf(state, one) > LATE_AFTER)) return missedAt(first);
  }
  return null;
}

/** None is missing any more, or too few have been for ten minutes. */
function isOver(state: State, hold: Hold, still: number, threshold: number): boolean {
  if (still >= threshold) hold.fewSince = null;
  else hold.fewSince ??= state.observed;
  return still === 0 || (hold.fewSince !== null && state.observed - hold.fewSince >= 10 * MINUTE);
}

function connectionOf(state: State, device: Device, wasConnected: boolean): Connection {
  const age = ageOf(state, device);
  if (age <= LATE_AFTER) return "online";
  if (age <= OFFLINE_AFTER) return "late";
  const { holds, observed } = state;
  const isHeld = [holds.get(""), holds.get(device.network ?? "none")].some(
    (hold) => hold && missedAt(device) >= hold.missedFrom && observed - hold.detectedAt < HOUR,
  );
  if (wasConnected && isHeld) return "late";
  return age > (device.deviceClass === "server" ? DAY : 14 * DAY) ? "expired" : "offline";
}

function ageOf({ observed }: State, { lastSeen }: Device): number {
  return observed - (lastSeen ?? 0);
}

function isAbsent(state: State, device: Device): boolean {
  const { connection, deviceClass, isAsleep } = device;
  if (isInMaintenance(state, device)) return false;
  if (connection !== "offline" && connection !== "expired") return false;
  if (deviceClass === "server") return true;
  return !isAsleep && (deviceClass === "desktop" || connection === "expired");
}

/** Every Sunday for an hour from 2:30 in Berlin on, which is 3:30 on the day that has no 2:30. */
const MAINTENANCE_STARTS = [
  Date.UTC(2026, 2, 15, 1, 30),
  Date.UTC(2026, 2, 22, 1, 30),
  Date.UTC(2026, 2, 29, 1, 30),
  Date.UTC(2026, 3, 5, 0, 30),
  Date.UTC(2026, 3, 12, 0, 30),
];

function isInMaintenance({ now }: State, { tags }: Device): boolean {
  return tags.includes("web") && MAINTENANCE_STARTS.some((start) => now >= start && now < start + HOUR);
}

function lookAtOffline(state: State, rules: readonly MonthRule[], device: Device, now: number): void {
  const rule = rules.find(({ metric }) => metric === null);
  if (!rule || isAbsent(state, device) === device.isOfflineFiring) return;
  const key = keyOf(rule, device, null);
  device.isOfflineFiring = isAbsent(state, device);
  if (device.isOfflineFiring)
    violate(state, { key, device, isAboutValues: false, severity: "critical", at: now });
  else clear(state, key, now);
}

function compareOutages(state: State, now: number): void {
  for (const [key, alarm] of state.newest) {
    if (isOutageKey(key) && alarm.isViolating && !state.holds.has(networkOf(key))) clear(state, key, now);
  }
  for (const network of state.holds.keys()) {
    const key = outageKeyOf(network);
    if (state.newest.get(key)?.isViolating !== true)
      violate(state, { key, device: null, isAboutValues: false, severity: "critical", at: now });
  }
}

/** As the server names them: a site without a customer is a space and its network. */
function outageKeyOf(network: string): string {
  return network === "" ? "outage" : `outage: ${network}`;
}

function isOutageKey(key: string): boolean {
  return key === "outage" || key.startsWith("outage: ");
}

function networkOf(key: string): string {
  return key.slice("outage: ".length);
}

// Alarms

export function keyOf(rule: { name: string }, device: { name: string }, instance: string | null): string {
  return [rule.name, device.name, ...(instance === null ? [] : [instance])].join(" / ");
}

type Violation = {
  key: string;
  device: Device | null;
  isAboutValues: boolean;
  severity: Severity;
  at: number;
};

function violate(state: State, { key, device, isAboutValues, severity, at }: Violation): void {
  const alarm = state.newest.get(key);
  if (alarm && alarm.endedAt === null) {
    const worse = severity === "critical" && alarm.severity === "warning";
    const isChanged = alarm.severity !== severity || !alarm.isViolating;
    alarm.isViolating = true;
    alarm.severity = severity;
    if (!isChanged) return;
    alarm.changes.push(at);
    if (alarm.unstableSince === null) tellChange(state, alarm, worse ? "escalated" : "eased", at);
    return;
  }
  if (
    alarm &&
    alarm.endedAt !== null &&
    (at - alarm.endedAt <= 10 * MINUTE || changesWithinHour(alarm, at) >= 3)
  ) {
    Object.assign(alarm, { endedAt: null, isViolating: true, severity });
    if (!state.open.includes(alarm)) state.open.push(alarm);
    alarm.changes.push(at);
    tellChange(state, alarm, "reopened", at);
    return;
  }
  const opened: ModelAlarm = {
    key,
    deviceName: device?.name ?? null,
    isAboutValues,
    severity,
    events: [],
    messages: [],
    endedAt: null,
    isViolating: true,
    changes: [...(alarm?.changes ?? []).filter((time) => time > at - HOUR), at],
    unstableSince: null,
    isMuted: false,
    isTold: false,
  };
  state.alarms.push(opened);
  state.open.push(opened);
  state.newest.set(key, opened);
  announce(state, opened, "opened", "opened", at);
}

function changesWithinHour({ changes }: ModelAlarm, at: number): number {
  return changes.filter((time) => time > at - HOUR).length;
}

/** The fourth change within an hour makes an alarm unstable. */
function tellChange(
  state: State,
  alarm: ModelAlarm,
  kind: "reopened" | "escalated" | "eased",
  at: number,
): void {
  if (changesWithinHour(alarm, at) >= 4) {
    alarm.unstableSince = at;
    announce(state, alarm, "unstable", "unstable", at);
  } else if (kind === "eased") alarm.events.push({ kind, at, severity: alarm.severity });
  else announce(state, alarm, kind, kind, at);
}

function clear(state: State, key: string, at: number): void {
  const alarm = state.newest.get(key);
  if (!alarm || alarm.endedAt !== null) return;
  if (alarm.unstableSince !== null) {
    if (alarm.isViolating) alarm.changes.push(at);
    alarm.isViolating = false;
    return;
  }
  end(alarm, at);
}

function end(alarm: ModelAlarm, at: number): void {
  Object.assign(alarm, { endedAt: at, isViolating: false, unstableSince: null });
  alarm.events.push({ kind: "ended", at, severity: alarm.severity });
  if (alarm.isTold) alarm.messages.push({ kind: "ended", number: alarm.events.length, at });
  Object.assign(alarm, { isTold: false, isMuted: false });
}

/** An unstable alarm that did not change for half an hour is calm; a muted one whose cause is over is announced. */
function passTime(state: State, alarm: ModelAlarm, now: number): void {
  if (alarm.endedAt !== null) return;
  if (alarm.unstableSince !== null) {
    if (now < Math.max(alarm.unstableSince, ...alarm.changes) + 30 * MINUTE)
      return releaseIfDue(state, alarm, now);
    alarm.unstableSince = null;
    alarm.changes = [];
    if (!alarm.isViolating) end(alarm, now);
    else announce(state, alarm, "calmed", "reopened", now);
    return;
  }
  releaseIfDue(state, alarm, now);
}

function releaseIfDue(state: State, alarm: ModelAlarm, now: number): void {
  if (!alarm.isMuted || !alarm.isViolating || isQuiet(state, alarm)) return;
  alarm.isMuted = false;
  announce(state, alarm, "released", "opened", now);
}

function announce(state: State, alarm: ModelAlarm, event: string, message: string, at: number): void {
  alarm.events.push({ kind: event, at, severity: alarm.severity });
  if (isQuiet(state, alarm)) {
    alarm.isMuted = true;
    return;
  }
  alarm.isMuted = false;
  alarm.isTold = true;
  alarm.messages.push({ kind: message, number: alarm.events.length, at });
}

/** Nobody is told of a device in maintenance, and of the values of one that is offline while that is announced. */
function isQuiet(state: State, { deviceName, isAboutValues }: ModelAlarm): boolean {
  const device = deviceName === null ? undefined : state.devices.get(deviceName);
  if (device && isInMaintenance(state, device)) return true;
  if (device && isInToldOutage(state, device, isAboutValues)) return true;
  if (!isAboutValues) return false;
  const offline = state.newest.get(`Offline / ${deviceName}`);
  return offline !== undefined && offline.endedAt === null && offline.isTold;
}

/** It stopped in an outage of its site that is announced. */
function isInToldOutage({ holds, newest }: State, device: Device, isAboutValues: boolean): boolean {
  const hold = device.network === null ? undefined : holds.get(device.network);
  if (!hold || device.isAsleep || missedAt(device) < hold.missedFrom) return false;
  if (isAboutValues && device.connection === "online") return false;
  const alarm = newest.get(outageKeyOf(device.network ?? ""));
  return alarm !== undefined && alarm.endedAt === null && alarm.isTold;
}

/** After a restore every open alarm that was told is told once more. */
function remindOfAll(state: State, now: number): void {
  for (const alarm of state.open) {
    const told = alarm.messages.findLast(({ kind }) => kind !== "reminder");
    if (alarm.endedAt === null && alarm.isTold && told && told.at < now)
      alarm.messages.push({ kind: "reminder", number: told.number, at: now });
  }
}
