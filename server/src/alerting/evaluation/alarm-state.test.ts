import { describe, expect, it } from "vitest";
import { createRun, observe } from "./alarm-state.fixture.ts";

const MINUTE = 60_000;
const times = (count: number, value: number) => Array.from({ length: count }, () => value);

describe("a rule without a duration", () => {
  it("opens at the first violating value, counts it up, and keeps nothing once it is clear", () => {
    const run = createRun();
    run.values(0, [70, 85, 86, 74]);
    expect(run.events).toEqual([
      {
        kind: "violated",
        severity: "warning",
        facts: { value: 85, threshold: 80, since: 30_000, count: 1 },
        now: 30_000,
      },
      { kind: "ended", reason: "cleared", facts: { value: 74, since: 30_000, count: 2 }, now: 90_000 },
    ]);
    expect(run.stored).toBeNull();
  });

  it("is one alarm whatever the value does between the levels: flapping around 80 opens one", () => {
    const run = createRun();
    run.values(0, [81, 79, 81, 78, 80, 76, 82]);
    expect(run.told).toEqual(["violated warning"]);
  });

  it("escalates and eases the same alarm, and critical has its own clear level", () => {
    const run = createRun();
    run.values(0, [85, 96, 92, 96, 89, 74]);
    expect(run.told).toEqual(["violated warning", "escalated critical", "eased warning", "ended cleared"]);
  });

  it("opens as critical where the first violating value is", () => {
    const run = createRun();
    run.values(0, [99]);
    expect(run.told).toEqual(["violated critical"]);
  });

  it("reports an alarm that goes on every ten minutes, only while it violates", () => {
    const run = createRun();
    run.values(0, times(41, 85));
    expect(run.events.map(({ now }) => now / MINUTE)).toEqual([0, 10, 20]);
    run.values(41 * 30, times(40, 78));
    expect(run.told).toEqual(["violated warning", "continued warning", "continued warning"]);
  });
});

describe("a duration", () => {
  it("opens only after the condition has held for it, without a break", () => {
    const run = createRun({ forMs: 5 * MINUTE });
    run.values(0, [...times(9, 85), 70, ...times(10, 85)]);
    expect(run.told).toEqual([]);
    run.values(600, [85]);
    expect(run.events).toMatchObject([
      { kind: "violated", facts: { since: 300_000, count: 11 }, now: 600_000 },
    ]);
  });

  it("needs two values at least", () => {
    const run = createRun({ forMs: 20_000 });
    run.values(0, [85]);
    expect(run.told).toEqual([]);
    run.values(30, [85]);
    expect(run.told).toEqual(["violated warning"]);
  });

  it("begins again after a gap of which nothing is known, such as a night in suspension", () => {
    const run = createRun({ forMs: 5 * MINUTE });
    run.values(0, times(8, 85));
    run.values(8 * 3600, [85]);
    expect(run.told).toEqual([]);
    run.values(8 * 3600 + 30, times(10, 85));
    expect(run.events.map(({ now }) => now)).toEqual([(8 * 3600 + 300) * 1000]);
  });

  it("holds for devices that report less often than it lasts", () => {
    const run = createRun({ forMs: MINUTE });
    for (const now of [0, 300_000]) run.see(observe(85, now, { maxGapMs: 900_000 }));
    expect(run.told).toEqual(["violated warning"]);
  });

  it("takes no notice of the wall clock", () => {
    const run = createRun({ forMs: 5 * MINUTE });
    run.see(observe(85, 0));
    run.see(observe(85, 30_000, { at: 86_400_000 }));
    run.see(observe(85, 60_000, { at: -86_400_000 }));
    expect(run.told).toEqual([]);
    expect(run.entry?.levels.warning?.s).toBe("pending");
  });

  it("forgives values up to its share", () => {
    const run = createRun({ forMs: 5 * MINUTE, share: 80 });
    run.values(0, [85, 85, 85, 70, 85, 85, 85, 70, 85, 85, 85]);
    expect(run.told).toEqual(["violated warning"]);
    const other = createRun({ forMs: 5 * MINUTE, share: 90 });
    other.values(0, [85, 85, 85, 70, 85, 85, 85, 70, 85, 85, 85]);
    expect(other.told).toEqual([]);
  });

  it("forgets what is older than it", () => {
    const run = createRun({ forMs: 5 * MINUTE, share: 50 });
    run.values(0, [85, ...times(15, 70)]);
    expect(run.stored).toBeNull();
  });

  it("delays an escalation as well: one spike does not make an alarm critical", () => {
    const run = createRun({ forMs: 2 * MINUTE });
    run.values(0, [85, 85, 85, 85, 85, 99, 85, 99, 99, 99, 99]);
    expect(run.told).toEqual(["violated warning"]);
    run.values(330, [99]);
    expect(run.told).toEqual(["violated warning", "escalated critical"]);
  });
});

describe("the end of an alarm", () => {
  it("waits until the value has been clear for its duration", () => {
    const run = createRun({ clearForMs: 2 * MINUTE });
    run.values(0, [85, 70, 70, 70, 78, 70, 70, 70, 70]);
    expect(run.told).toEqual(["violated warning"]);
    expect(run.entry?.levels.warning?.s).toBe("recovering");
    run.values(270, [70]);
    expect(run.told).toEqual(["violated warning", "ended cleared"]);
  });

  it("begins to wait again after a gap", () => {
    const run = createRun({ clearForMs: 2 * MINUTE });
    run.values(0, [85, 70]);
    run.values(7200, [70]);
    expect(run.told).toEqual(["violated warning"]);
  });

  it("is followed by a cooldown, after which what still violates opens", () => {
    const run = createRun({ cooldownMs: 2 * MINUTE });
    run.values(0, [85, 70, 85, 85, 85]);
    expect(run.told).toEqual(["violated warning", "ended cleared"]);
    run.values(150, [85]);
    expect(run.told).toEqual(["violated warning", "ended cleared", "violated warning"]);
  });

  it("keeps nothing after the cooldown of an instance that stays normal", () => {
    const run = createRun({ cooldownMs: MINUTE });
    run.values(0, [85, 70]);
    expect(run.stored).not.toBeNull();
    run.values(90, [70]);
    expect(run.stored).toBeNull();
  });
});

describe("a moment at which nothing may open", () => {
  it("opens what still holds afterwards, and lets what fires go on", () => {
    const run = createRun({ forMs: MINUTE });
    run.values(0, times(5, 85), { mayOpen: false });
    expect(run.told).toEqual([]);
    run.values(150, [85]);
    run.values(180, [96, 96, 96, 70], { mayOpen: false });
    expect(run.told).toEqual(["violated warning", "escalated critical", "ended cleared"]);
  });
});

describe("a violation that predates the rule", () => {
  it("is silent until the condition has cleared once", () => {
    const run = createRun();
    run.see(observe(85, 0, { isQuiet: true }));
    run.values(30, times(50, 85));
    expect(run.told).toEqual([]);
    run.values(2000, [70, 85]);
    expect(run.told).toEqual(["violated warning"]);
  });

  it("stays silent across a gap while its duration is not over", () => {
    const run = createRun({ forMs: 5 * MINUTE });
    run.see(observe(85, 0, { isQuiet: true }));
    run.values(3600, times(20, 85));
    expect(run.told).toEqual([]);
  });

  it("speaks when it becomes critical, which is new", () => {
    const run = createRun();
    run.see(observe(85, 0, { isQuiet: true }));
    run.values(30, [96]);
    expect(run.told).toEqual(["violated critical"]);
  });
});

describe("a rule that changes", () => {
  it("does not open again what still violates", () => {
    const run = createRun({ clearForMs: 60 * MINUTE });
    run.values(0, [85]);
    run.changeRule({});
    run.values(30, [86]);
    expect(run.told).toEqual(["violated warning"]);
    expect(run.entry?.conditionVersion).toBe(2);
  });

  it("ends what its new condition calls clear, without waiting, and says why", () => {
    const run = createRun({ clearForMs: 60 * MINUTE });
    run.values(0, [85]);
    run.changeRule({});
    run.values(30, [70]);
    expect(run.told).toEqual(["violated warning", "ended rule-changed"]);
  });

  it("goes on at the severity that the rule has now, without its duration", () => {
    const run = createRun();
    run.values(0, [85]);
    run.changeRule({ forMs: 10 * MINUTE });
    const levels = { critical: { violates: true, isClear: false, threshold: 80 } };
    run.see(observe(85, 30_000, { levels }));
    expect(run.told).toEqual(["violated warning", "escalated critical"]);
  });

  it("begins its duration again", () => {
    const run = createRun({ forMs: MINUTE });
    run.values(0, [85, 85]);
    run.changeRule({});
    run.values(60, [85, 85]);
    expect(run.told).toEqual([]);
  });

  it("eases an alarm whose level it no longer has", () => {
    const run = createRun();
    run.values(0, [99]);
    run.changeRule({});
    const { warning } = observe(99, 0).levels;
    run.see(observe(99, 30_000, { levels: warning ? { warning } : {} }));
    expect(run.told).toEqual(["violated critical", "eased warning"]);
  });
});
