import { METRICS, METRIC_NAMES, type Sample } from "@muster/shared/contracts/metric.ts";
import fc from "fast-check";

const MIDDLE_OF_2026 = Date.UTC(2026, 6, 1);

const metrics = Object.fromEntries(
  METRIC_NAMES.map((name) => {
    const { max, unit } = METRICS[name];
    const min = unit === "celsius" ? -100 : 0;
    return [
      name,
      fc.oneof(
        name === "diskFree" ? fc.integer({ min: 0, max: 4e12 }) : fc.double({ min, max, noNaN: true }),
        fc.integer({ min, max: Math.min(max, 100_000) }),
      ),
    ];
  }),
);

/** A sample as the contract allows it, with any metrics absent, within a week. */
export const arbitrarySample: fc.Arbitrary<Sample> = fc.record(
  {
    at: fc.integer({ min: MIDDLE_OF_2026, max: MIDDLE_OF_2026 + 7 * 86_400_000 }),
    ...metrics,
  },
  { requiredKeys: ["at"] },
) as fc.Arbitrary<Sample>;
