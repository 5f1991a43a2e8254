import { describe, expect, it } from "vitest";
import { attentionOf } from "./attention-rules.ts";
import { metricLevelOf } from "./metric-level.ts";
import { HEALTH_METRICS, scoreOf } from "./score-formula.ts";

const IDLE = { cpu: 0, memory: 0, disk: 0 };
const RANK = { none: 0, ok: 0, warn: 1, critical: 2 };

describe("the level of one metric", () => {
  it.each([
    ["cpu", 78, "ok"],
    ["cpu", 80, "warn"],
    ["memory", 82, "ok"],
    ["memory", 84, "warn"],
    ["disk", 90, "ok"],
    ["disk", 91, "warn"],
    ["disk", 95, "critical"],
  ] as const)("of %s at %d %% is %s", (metric, percent, level) => {
    expect(metricLevelOf(metric, percent)).toBe(level);
  });

  it("is never worse than the device that has it", () => {
    for (const metric of HEALTH_METRICS) {
      for (let percent = 0; percent <= 100; percent += 0.5) {
        const metrics = { ...IDLE, [metric]: percent };
        const { level } = attentionOf({
          held: scoreOf(metrics),
          diskUsedPercent: metrics.disk,
          diskFreeBytes: undefined,
          isAbsent: false,
          isCloneSuspected: false,
          isApprovalPending: false,
        });
        expect(RANK[metricLevelOf(metric, percent)]).toBeLessThanOrEqual(RANK[level]);
      }
    }
  });
});
