import { NewAlarmRule } from "@muster/shared/contracts/alarm-rule.ts";
import { describe, expect, it } from "vitest";
import { compileRule } from "../evaluation/compiled-rule.ts";
import { newRuleRow } from "../rules/rule-row.ts";
import { isFactRule, type Outage, tryOutages } from "./try-outages.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** A Monday, 00:00 UTC. */
const START = Date.UTC(2026, 0, 5);
const NOW = START + 24 * HOUR;

function tried(
  outages: readonly Outage[],
  { gaps = [], ...rule }: { gaps?: { from: number; to: number }[]; [field: string]: unknown },
) {
  const input = NewAlarmRule.parse({ name: "Offline", type: "offline", ...rule });
  const compiled = compileRule(newRuleRow(input, { id: "rule", orgId: "org", position: 1, createdAt: 0 }));
  if (!isFactRule(compiled)) throw new Error("absence is a fact");
  return tryOutages(compiled, outages, { gaps, now: NOW }).map(({ from, to }) => [from, to]);
}

describe("a rule about absence on recorded outages", () => {
  const outage = { from: START, to: START + HOUR };
  const open = { from: START + 20 * HOUR, to: null };

  it("opens after its duration, ends with the outage, and goes on with one that lasts", () => {
    const settings = { forS: 1_800 };
    expect(tried([outage, open], { settings })).toEqual([
      [START + 30 * MINUTE, START + HOUR],
      [START + 20 * HOUR + 30 * MINUTE, null],
    ]);
    expect(tried([outage], { settings: { forS: 7_200 } })).toEqual([]);
  });

  it("does not count the time in which no server ran", () => {
    const gaps = [{ from: START + 10 * MINUTE, to: START + 50 * MINUTE }];
    expect(tried([outage], { settings: { forS: 1_800 }, gaps })).toEqual([]);
    const long = { from: START, to: START + 2 * HOUR };
    expect(tried([long], { settings: { forS: 1_800 }, gaps })).toEqual([[START + 70 * MINUTE, long.to]]);
  });

  it("opens only in its active hours, and not again during its cooldown", () => {
    const days = [1];
    const activeHours = { zone: "UTC", ranges: [{ days, start: "00:20", end: "06:00" }] };
    const again = { from: START + 2 * HOUR, to: START + 3 * HOUR };
    expect(tried([outage], { activeHours })).toEqual([[START + 20 * MINUTE, outage.to]]);
    expect(tried([outage, again], { cooldownS: 86_400 })).toEqual([[outage.from, outage.to]]);
    expect(tried([open], { activeHours })).toEqual([]);
  });
});
