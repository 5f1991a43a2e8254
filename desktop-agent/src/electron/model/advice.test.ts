import type { LocalView } from "@muster/shared/contracts/local-agent.ts";
import { trayWindowsEn } from "@muster/shared/i18n/en/tray-windows.messages.ts";
import { describe, expect, it } from "vitest";
import { adviceOf } from "./advice.ts";
import { makeLocalView, measured } from "./local-view.factory.ts";

const advice = (changes: Partial<LocalView> = {}) => adviceOf(makeLocalView(changes), "embedded-engine");
const contact = (changes: Partial<LocalView["contact"]>) => ({
  isReached: false,
  lastDeliveredAtMs: 500_000,
  problem: "connect ECONNREFUSED",
  ...changes,
});

describe("what keeps the machine from reporting", () => {
  const moment = (value: number) => ({ as: "moment", value });
  it.each([
    [{ kind: "starting" }, "unknown", "starting", {}],
    [{ kind: "not-enrolled", reason: null }, "unknown", "notSetUp", {}],
    [{ kind: "not-enrolled", reason: "damaged" }, "unknown", "notSetUp", {}],
    [{ kind: "copied-machine" }, "unknown", "copiedMachine", {}],
    [{ kind: "unidentified", reason: "no machine-id" }, "unknown", "unidentified", {}],
    [{ kind: "revoked" }, "unknown", "revoked", {}],
    [{ kind: "stopped" }, "unknown", "stopped", {}],
    [{ kind: "paused", untilMs: null }, "paused", "paused", {}],
    [{ kind: "paused", untilMs: 9_000_000 }, "paused", "pausedUntil", { time: moment(9_000_000) }],
  ] as const)("describes %o as %s", (state, level, key, params) => {
    const result = advice({ state });
    expect(result.level).toBe(level);
    expect(result.sentence).toEqual({ key, params });
    expect(result.score).toBeNull();
  });

  it.each([
    [{ kind: "not-enrolled", reason: null }, "notSetUp", "setUp", null],
    [{ kind: "not-enrolled", reason: "damaged" }, "identityUnusable", "setUpAgain", "damaged"],
    [{ kind: "copied-machine" }, "copiedMachine", "setUpAgain", null],
    [{ kind: "unidentified", reason: "no machine-id" }, "unidentified", "askIt", "no machine-id"],
    [{ kind: "revoked" }, "revoked", "setUpAgain", null],
    [{ kind: "stopped" }, "stopped", "startAgain", null],
  ] as const)("tells the user what they can do about %o", (state, key, whatToDo, about) => {
    expect(advice({ state }).reasons).toEqual([
      { key, params: {}, whatToDo, level: "warn", lost: null, about },
    ]);
  });

  it.each([
    [{ kind: "revoked" }, "askIt"],
    [{ kind: "not-enrolled", reason: null }, "askIt"],
    [{ kind: "stopped" }, "startService"],
    [{ kind: "unidentified", reason: "x" }, "askIt"],
  ] as const)(
    "refers a user whose agent is a service in the state %o to somebody who can help",
    (state, whatToDo) => {
      expect(adviceOf(makeLocalView({ state }), "service").reasons).toMatchObject([{ whatToDo }]);
    },
  );

  it.each(["starting", "paused"] as const)("gives no reason while %s", (kind) => {
    const state = kind === "paused" ? { kind, untilMs: null } : { kind };
    expect(advice({ state }).reasons).toEqual([]);
  });

  it("shows an unreachable service before anything known earlier", () => {
    const result = adviceOf(makeLocalView(), "service-unreachable");
    expect(result).toMatchObject({ level: "unknown", sentence: { key: "serviceUnreachable" }, score: null });
    expect(result.reasons).toMatchObject([{ key: "serviceUnreachable", whatToDo: "startService" }]);
    expect(result.connection).toEqual({ kind: "none" });
  });

  it("is starting until an agent is reached", () => {
    expect(adviceOf(null, "service")).toEqual({
      level: "unknown",
      sentence: { key: "starting", params: {} },
      reasons: [],
      connection: { kind: "none" },
      score: null,
    });
  });
});

describe("a machine that reports", () => {
  it("is well when no points are lost", () => {
    expect(advice()).toMatchObject({ level: "ok", sentence: { key: "well" }, reasons: [], score: 100 });
  });

  it("is busy, not unwell, until a low score has lasted", () => {
    const { latest } = measured({ cpu: 100, memory: 41, disk: 55 });
    const result = advice({ latest });
    expect(result).toMatchObject({ level: "ok", sentence: { key: "busy" }, score: 65 });
    expect(result.reasons).toMatchObject([{ key: "cpu", lost: 35, level: "warn" }]);
  });

  it("names the free space of a full disk once, with its points", () => {
    const result = advice(measured({ cpu: 10, memory: 40, disk: 98.6, diskFree: 3e9 }));
    const left = { as: "bytes", value: 3e9 };
    expect(result.level).toBe("critical");
    expect(result.sentence).toEqual({ key: "diskFullLeft", params: { left } });
    expect(result.reasons).toEqual([
      {
        key: "diskLeft",
        params: { used: { as: "percent", value: 98.6 }, left },
        whatToDo: "freeDisk",
        level: "critical",
        lost: 29,
        about: "/home",
      },
    ]);
  });

  it("names a full disk before a low score", () => {
    const result = advice(measured({ cpu: 95, memory: 95, disk: 98, diskFree: 3e9 }));
    expect(result.sentence.key).toBe("diskFullLeft");
    expect(result.reasons.map(({ level }) => level)).toEqual(["critical", "critical", "critical"]);
  });

  it("names the used share of a full disk whose free space is unknown", () => {
    const result = advice(measured({ cpu: 10, memory: 40, disk: 98 }));
    expect(result.sentence).toEqual({ key: "diskFull", params: { used: { as: "percent", value: 98 } } });
    expect(result.reasons).toMatchObject([{ key: "disk" }]);
  });

  it.each([
    [{ cpu: 99, memory: 40, disk: 50 }, "processorBusy"],
    [{ cpu: 10, memory: 97, disk: 50 }, "memoryShort"],
    [{ cpu: 75, memory: 60, disk: 90, diskFree: 40e9 }, "diskFilling"],
    [{ cpu: 75, memory: 60, disk: 90 }, "diskFilling"],
  ])("names the metric of %o that costs the most points", (metrics, key) => {
    const result = advice(measured(metrics));
    expect(result.level).toBe("warn");
    expect(result.sentence).toEqual({ key, params: {} });
  });

  it("sorts reasons by severity, then by points", () => {
    const result = advice(measured({ cpu: 70, memory: 95, disk: 80, diskFree: 40e9 }));
    expect(result.reasons.map(({ key, level, lost }) => [key, level, lost])).toEqual([
      ["memory", "critical", 31],
      ["cpu", "warn", 14],
      ["diskLeft", "warn", 10],
    ]);
    expect(result.reasons.reduce((sum, { lost }) => sum + (lost ?? 0), result.score ?? 0)).toBe(100);
  });

  it("is being measured before the first sample", () => {
    expect(advice({ latest: null })).toMatchObject({ level: "unknown", sentence: { key: "measuring" } });
  });

  it("reports metrics that cannot be read, and a full disk as well", () => {
    const result = advice(measured({ disk: 98, diskFree: 1e9 }));
    expect(result).toMatchObject({ level: "critical", sentence: { key: "diskFullLeft" }, score: null });
    expect(result.reasons.map(({ key }) => key)).toEqual(["diskLeft", "cpuUnread", "memoryUnread"]);
    expect(advice(measured({ cpu: 3, memory: 4 }))).toMatchObject({
      level: "unknown",
      sentence: { key: "unmeasured" },
      reasons: [{ key: "diskUnread", whatToDo: "waitForMetrics" }],
    });
  });

  it.each([
    ["approval-pending", "warn", "approvalPending"],
    ["clone-suspected", "critical", "cloneSuspected"],
  ] as const)("describes what waits for IT: %s", (kind, level, key) => {
    const result = advice({ attention: { level, reasons: [{ kind, level }] } });
    expect(result).toMatchObject({ level, sentence: { key }, reasons: [{ key, level, lost: null }] });
  });

  it("reports that the server considers it absent", () => {
    const result = advice({
      attention: { level: "critical", reasons: [{ kind: "absent", level: "critical" }] },
    });
    expect(result).toMatchObject({ level: "critical", sentence: { key: "absent" }, reasons: [] });
  });

  it("needs attention when no metric is the reason", () => {
    const health = { kind: "health", level: "warn", score: 70 } as const;
    const result = advice({ attention: { level: "warn", reasons: [health] } });
    expect(result).toMatchObject({ level: "warn", sentence: { key: "unwell" } });
  });
});

describe("the server", () => {
  it("comes before metrics when it is not reached, and the metrics stay", () => {
    const result = advice({
      ...measured({ cpu: 10, memory: 40, disk: 98, diskFree: 1e9 }),
      contact: contact({}),
    });
    expect(result).toMatchObject({
      level: "offline",
      sentence: { key: "unreachedSince", params: { time: { as: "moment", value: 500_000 } } },
      reasons: [{ key: "diskLeft" }],
      connection: { kind: "unreached", lastDeliveredAtMs: 500_000, problem: "connect ECONNREFUSED" },
    });
  });

  it("has not been reached yet when nothing was ever delivered", () => {
    const result = advice({ contact: contact({ lastDeliveredAtMs: null }) });
    expect(result.sentence).toEqual({ key: "neverReached", params: {} });
  });

  it('is "connecting" until a report is answered or fails', () => {
    const result = advice({ contact: contact({ lastDeliveredAtMs: null, problem: null }) });
    expect(result).toMatchObject({ level: "ok", connection: { kind: "connecting" } });
  });

  it('is reached with the time of the last delivery, and "none" without an enrolment', () => {
    expect(advice().connection).toEqual({ kind: "reached", lastDeliveredAtMs: 1_000_000 });
    expect(advice({ enrolled: null }).connection).toEqual({ kind: "none" });
  });
});

it("has a text for every metric that it names", () => {
  const result = advice(measured({ cpu: 70, memory: 95, disk: 98, diskFree: 4e9 }));
  for (const { key, params } of result.reasons) {
    const named = [...trayWindowsEn.advice.reason[key].matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name);
    expect(new Set(Object.keys(params))).toEqual(new Set(named));
  }
});
