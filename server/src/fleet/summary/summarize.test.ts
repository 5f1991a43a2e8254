import { ranksOf } from "@muster/shared/health/attention-rank.ts";
import { describe, expect, test } from "vitest";
import type { ScoreGroup, StatusGroup } from "./fleet-summary.repository.ts";
import { countByStatus, medianScore } from "./summarize.ts";

const WELL = ranksOf("none").from;
const WARN = ranksOf("warn").from;
const CRITICAL = ranksOf("critical").from;
const group = (devices: number, change: Partial<StatusGroup> = {}): StatusGroup => ({
  shown: "online",
  attention_rank: WELL,
  devices,
  paused: 0,
  ...change,
});

describe("fleet summary", () => {
  test("counts reporting devices by health and all devices by presence", () => {
    const asleep = group(6, { shown: "asleep", paused: 1 });
    const summary = countByStatus(
      [
        group(7),
        group(3, { attention_rank: WARN }),
        group(4, { shown: "offline", attention_rank: CRITICAL }),
        asleep,
      ],
      [group(2), asleep],
    );
    expect(summary).toMatchObject({
      total: 20,
      paused: 1,
      health: { ok: 5, warn: 3, critical: 0, unknown: 2 },
      presence: { online: 10, offline: 4, asleep: 6, late: 0 },
      attention: { none: 13, warn: 3, critical: 4 },
    });
  });

  test.each<[[score: number, devices: number][], number | null]>([
    [[], null],
    [[[90, 1]], 90],
    [
      [
        [100, 2],
        [10, 1],
      ],
      100,
    ],
    [
      [
        [10, 1],
        [20, 1],
        [100, 1],
      ],
      20,
    ],
    [
      [
        [50, 1],
        [70, 1],
      ],
      50,
    ],
  ])("the median of %j is %s", (scores, median) => {
    const groups = scores.map(([score, devices]): ScoreGroup => ({ score, devices }));
    expect(medianScore(groups)).toBe(median);
  });
});
