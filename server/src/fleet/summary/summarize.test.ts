import { describe, expect, test } from "vitest";
import type { SummaryGroup } from "./fleet-summary.repository.ts";
import { summarize } from "./summarize.ts";

const WELL = 29;
const WARN = 13;
const CRITICAL = 0;
const group = (change: Partial<SummaryGroup>): SummaryGroup => ({
  shown: "online",
  attention_rank: WELL,
  paused_now: 0,
  known_score: 100,
  devices: 1,
  ...change,
});

describe("fleet summary", () => {
  test("counts devices that report by what they need and all by what they show", () => {
    const summary = summarize([
      group({ devices: 5 }),
      group({ known_score: null, devices: 2 }),
      group({ attention_rank: WARN, devices: 3 }),
      group({ shown: "offline", attention_rank: CRITICAL, devices: 4 }),
      group({ shown: "asleep", devices: 6, paused_now: 1 }),
    ]);
    expect(summary).toMatchObject({
      total: 20,
      health: { ok: 5, warn: 3, critical: 0, unknown: 2 },
      presence: { online: 10, offline: 4, asleep: 6, late: 0 },
      attention: { none: 13, warn: 3, critical: 4 },
      paused: 6,
    });
  });

  test.each([
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
  ] as const)("the median of %j is %s", (scores, median) => {
    const groups = scores.map(([known_score, devices]) => group({ known_score, devices }));
    expect(summarize([...groups, group({ known_score: null })]).medianScore).toBe(median);
  });
});
