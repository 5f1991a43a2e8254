import { describe, expect, it, test } from "vitest";
import type { DeviceFacts, ReportValues, ValueCondition } from "./alarm-condition.ts";
import { isOlderVersion } from "./agent-outdated.ts";
import { ALARM_TYPES, type AlarmType } from "./catalog.ts";

function metric(settings: object): ValueCondition {
  const condition = ALARM_TYPES.metric.conditionOf(settings);
  if (condition.watches !== "values") throw new Error("a metric has values");
  return condition;
}
const issues = (settings: object) =>
  ALARM_TYPES.metric.settings.safeParse(settings).error?.issues.map(({ path }) => path.join(".")) ?? [];

describe("a rule about a metric", () => {
  test.each([
    [">", 80, 80, false],
    [">=", 80, 80, true],
    ["<", 80, 80, false],
    ["<=", 80, 80, true],
    ["==", 0, 0, true],
    ["!=", 0, 1, true],
  ])("compares %s %d with %d: %s", (operator, warning, value, violates) => {
    const condition = metric({ metric: "cpu", operator, warning });
    expect(condition.violates(value)).toBe(violates);
    expect(condition.judge(value)).toEqual({ warning: { violates, isClear: !violates, threshold: warning } });
  });

  it("leaves both levels by the same distance", () => {
    const { judge } = metric({ metric: "cpu", warning: 80, critical: 95, clear: 75 });
    expect(judge(92)).toMatchObject({ critical: { violates: false, isClear: false } });
    expect(judge(90)).toMatchObject({ critical: { isClear: true }, warning: { violates: true } });
    expect(judge(76)).toMatchObject({ warning: { violates: false, isClear: false } });
    expect(judge(75)).toMatchObject({ warning: { isClear: true } });
    const battery = metric({ metric: "battery", operator: "<", warning: 20, critical: 10, clear: 25 });
    expect(battery.judge(24)).toMatchObject({ warning: { isClear: false } });
    expect(battery.judge(25)).toMatchObject({ warning: { isClear: true } });
    expect(battery.judge(14)).toMatchObject({ critical: { violates: false, isClear: false } });
  });

  it("reads what a report has, and nothing where it has none", () => {
    const series = { fileSystem: { names: ["/", "/srv", "/new"], used: [10, null] } };
    const values: ReportValues = { sample: { at: 0, cpu: 0, series }, score: null };
    expect([...metric({ metric: "cpu", warning: 1 }).read(values)]).toEqual([[null, 0]]);
    expect([...metric({ metric: "memory", warning: 1 }).read(values)]).toEqual([]);
    expect([...metric({ metric: "fileSystem.used", warning: 1 }).read(values)]).toEqual([["/", 10]]);
    expect([...metric({ metric: "fileSystem.free", warning: 1 }).read(values)]).toEqual([]);
    expect([...metric({ metric: "cpu", warning: 1 }).read({ sample: undefined, score: 5 })]).toEqual([]);
  });

  it("rejects levels that contradict each other", () => {
    expect(issues({ metric: "cpu", warning: 80 })).toEqual([]);
    expect(issues({ metric: "cpu" })).toEqual(["warning"]);
    expect(issues({ metric: "cpu", warning: 80, critical: 80 })).toEqual(["critical"]);
    expect(issues({ metric: "battery", operator: "<", warning: 10, critical: 20 })).toEqual(["critical"]);
    expect(issues({ metric: "cpu", warning: 80, clear: 81 })).toEqual(["clear"]);
    expect(issues({ metric: "cpu", critical: 80, clear: 80 })).toEqual([]);
    expect(issues({ metric: "cpu", operator: "==", warning: 1, clear: 0 })).toEqual(["clear"]);
    expect(issues({ metric: "cpu", operator: "!=", warning: 1, critical: 2 })).toEqual(["critical"]);
    expect(issues({ metric: "cpu", warning: 80, instances: ["/"] })).toEqual(["instances"]);
    expect(issues({ metric: "constructor", warning: 80 })).toEqual(["metric"]);
  });
});

it("the health score counts only where the report has values", () => {
  const condition = ALARM_TYPES.health.conditionOf({ critical: 60 });
  if (condition.watches !== "values") throw new Error("the score is a value");
  expect([...condition.read({ sample: { at: 0 }, score: 50 })]).toEqual([[null, 50]]);
  expect([...condition.read({ sample: undefined, score: 50 })]).toEqual([]);
  expect([condition.violates(59), condition.violates(60)]).toEqual([true, false]);
});

it("a metric is missing where a report has samples without it", () => {
  const condition = ALARM_TYPES["no-data"].conditionOf({ metric: "temperature", severity: "critical" });
  if (condition.watches !== "values") throw new Error("what is missing is read from reports");
  const read = (sample: ReportValues["sample"]) => [...condition.read({ sample, score: null })];
  expect([read({ at: 0, cpu: 1 }), read({ at: 0, temperature: 0 }), read(undefined)]).toEqual([
    [[null, 1]],
    [[null, 0]],
    [],
  ]);
  expect(condition.judge(1)).toEqual({ critical: { violates: true, isClear: false } });
  expect([condition.violates(1), condition.violates(0)]).toEqual([true, false]);
});

const FACTS: DeviceFacts = {
  connection: "online",
  isAbsent: false,
  attention: "none",
  isRebootRequired: false,
  isPaused: false,
  isCloneSuspected: false,
  failedActions: [],
  hasLeft: false,
  agentVersion: "1.5.0",
  serverVersion: "1.5.0",
};

const holds = (type: AlarmType, change: Partial<DeviceFacts>, settings: object = {}) => {
  const condition = ALARM_TYPES[type].conditionOf(settings);
  return condition.watches === "device" && condition.holds({ ...FACTS, ...change });
};

test.each<[AlarmType, Partial<DeviceFacts>]>([
  ["attention", { attention: "critical" }],
  ["offline", { isAbsent: true, connection: "offline" }],
  ["expired", { connection: "expired" }],
  ["reboot-required", { isRebootRequired: true }],
  ["paused", { isPaused: true }],
  ["action-failed", { failedActions: ["reboot"] }],
  ["agent-outdated", { agentVersion: "1.4.0" }],
  ["clone-suspected", { isCloneSuspected: true }],
  ["device-left", { hasLeft: true }],
])("a rule of the type %s holds for %o, and not for a device in order", (type, facts) => {
  expect([holds(type, facts), holds(type, {})]).toEqual([true, false]);
});

it("an excused absence is not offline, and attention counts from its level on", () => {
  expect(holds("offline", { connection: "offline" })).toBe(false);
  expect(holds("attention", { attention: "warn" })).toBe(false);
  expect(holds("attention", { attention: "warn" }, { level: "warn" })).toBe(true);
  expect(holds("agent-outdated", { agentVersion: null })).toBe(false);
});

test.each([
  ["1.4.9", "1.5.0", true],
  ["1.10.0", "1.9.0", false],
  ["1.5.0-rc.1", "1.5.0", true],
  ["1.5.0", "1.5.0", false],
  ["v1.4", "1.4.1", true],
  ["unknown", "1.5.0", false],
])("%s is older than %s: %s", (version, than, isOlder) => {
  expect(isOlderVersion(version, than)).toBe(isOlder);
});

describe("rules about the history", () => {
  const judge = (type: "disk-full" | "unusual", settings: object, value: number) => {
    const condition = ALARM_TYPES[type].conditionOf(settings);
    return condition.watches === "history" ? condition.judge(value) : undefined;
  };
  const diskIssues = (settings: object) =>
    ALARM_TYPES["disk-full"].settings.safeParse(settings).error?.issues.map(({ path }) => path.join(".")) ??
    [];

  it("call a disk full within the days of a level, and clear a quarter later", () => {
    const levels = (value: number) => judge("disk-full", {}, value);
    expect(levels(14)).toMatchObject({
      warning: { violates: true, threshold: 14 },
      critical: { violates: false },
    });
    expect(levels(15)).toMatchObject({ warning: { violates: false, isClear: false } });
    expect(levels(18)).toMatchObject({ warning: { isClear: true }, critical: { isClear: true } });
    expect(levels(3)).toMatchObject({ critical: { violates: true } });
    expect(levels(Number.POSITIVE_INFINITY)).toMatchObject({ warning: { isClear: true } });
    expect(judge("disk-full", { warning: null }, 3)).toEqual({
      critical: { violates: true, isClear: false, threshold: 3 },
    });
  });

  it("reject days that contradict each other", () => {
    expect(diskIssues({})).toEqual([]);
    expect(diskIssues({ warning: null, critical: null })).toEqual(["warning"]);
    expect(diskIssues({ warning: 3, critical: 14 })).toEqual(["critical"]);
    expect(diskIssues({ historyDays: 6 })).toEqual(["historyDays"]);
  });

  test.each([
    ["above", 9, true],
    ["above", -9, false],
    ["below", -9, true],
    ["below", 9, false],
    ["both", -9, true],
    ["both", 8, false],
  ])("call a value unusual %s at %d spreads: %s", (direction, deviation, violates) => {
    expect(judge("unusual", { metric: "cpu", direction }, deviation)).toMatchObject({
      warning: { violates },
    });
  });

  it("call a value clear only when it is well within what is usual", () => {
    expect(judge("unusual", { metric: "cpu" }, 7)).toEqual({ warning: { violates: false, isClear: false } });
    expect(judge("unusual", { metric: "cpu" }, 6)).toEqual({ warning: { violates: false, isClear: true } });
  });
});
