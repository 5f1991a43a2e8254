import { describe, expect, inject, it } from "vitest";
import { firstDifference, simulateMonth } from "../harness/simulate-month.ts";

/**
 * Berlin puts its clocks forward on 29 March 2026 and Sydney its own back on 5 April. `npm run test:month` simulates the whole month with
 * both, `npm test` two days with the first one.
 */
const [DEVICES, DAYS, START_MS, LIMIT_MS] = inject("isFullRun")
  ? [2_000, 31, Date.UTC(2026, 2, 15, 6), 5_400_000]
  : [50, 2, Date.UTC(2026, 2, 28, 6), 300_000];

describe("alarms over time", () => {
  it(
    `are those of a plain model for ${DEVICES} devices over ${DAYS} days, and so are the messages`,
    async () => {
      const kinds = new Set<string>();
      const outages = new Set<string>();
      await simulateMonth({
        devices: DEVICES,
        days: DAYS,
        startMs: START_MS,
        seed: 1,
        async compare({ day, model, stories }) {
          if (day !== DAYS && day % 7 !== 1) return;
          expect(firstDifference(await stories())).toBeNull();
          for (const { key, events } of model.alarms) {
            for (const { kind } of events) kinds.add(kind);
            if (key.startsWith("outage")) outages.add(key);
          }
        },
      });
      expect([...kinds]).toEqual(
        expect.arrayContaining(["opened", "escalated", "eased", "reopened", "unstable", "ended"]),
      );
      expect([...outages]).toEqual(["outage: 203.0.113.1", "outage"]);
    },
    LIMIT_MS,
  );
});
