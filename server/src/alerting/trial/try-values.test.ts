import { NewAlarmRule } from "@muster/shared/contracts/alarm-rule.ts";
import { describe, expect, it } from "vitest";
import { compileRule } from "../evaluation/compiled-rule.ts";
import { isValueRule } from "../evaluation/effective-rules.ts";
import { newRuleRow } from "../rules/rule-row.ts";
import { isHigherWorse } from "./trial-source.ts";
import { createValueTrial } from "./try-values.ts";

const MINUTE = 60_000;
const STEP = 5 * MINUTE;

function tried(settings: object, values: readonly [at: number, value: number][], stepMs: number) {
  const input = NewAlarmRule.parse({ name: "Rule", type: "metric", settings });
  const rule = compileRule(newRuleRow(input, { id: "rule", orgId: "org", position: 1, createdAt: 0 }));
  if (!isValueRule(rule)) throw new Error("a metric has values");
  const trial = createValueTrial(rule, isHigherWorse(rule));
  for (const [at, value] of values) trial.add({ instance: null, value, at, stepMs, intervalS: 30 });
  return trial.alarms().map(({ from, to, peak, severity }) => ({ from, to, peak, severity }));
}
const everyStep = (...values: number[]) =>
  values.map((value, index): [number, number] => [index * STEP, value]);

describe("a rule about values on averages", () => {
  const settings = { metric: "cpu", warning: 80, forS: 600 };

  it("counts an average for all of its step, which is over when it is known", () => {
    const [alarm] = tried(settings, everyStep(10, 90, 95, 10), STEP);
    expect(alarm).toEqual({ from: 15 * MINUTE, to: 20 * MINUTE, peak: 95, severity: "warning" });
    expect(tried(settings, everyStep(10, 90, 10), STEP)).toEqual([]);
    expect(tried({ ...settings, forS: 60 }, everyStep(10, 90, 10), STEP)).toHaveLength(1);
  });

  it("does not bridge a step without values", () => {
    const apart = everyStep(90).concat([[2 * STEP, 90]]);
    expect(tried(settings, apart, STEP)).toEqual([]);
  });

  it("keeps the worst severity and the peak in the direction that is worse", () => {
    const levels = { metric: "battery", operator: "<", warning: 20, critical: 10 };
    const [alarm] = tried(levels, everyStep(15, 5, 15), 0);
    expect(alarm).toEqual({ from: 0, to: null, peak: 5, severity: "critical" });
  });
});
