import { METRIC_NAMES, METRICS, type Sample } from "@muster/shared/contracts/metric.ts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromScaled } from "./scaled-value.ts";
import { decodeRows, encodeSamples } from "./journal-codec.ts";
import { arbitrarySample } from "./sample.fixture.ts";

describe("the samples of a journal row", () => {
  it("gives back every value to its digits and leaves absent ones absent", () => {
    fc.assert(
      fc.property(fc.array(arbitrarySample, { minLength: 1, maxLength: 40 }), (samples) => {
        const block = decodeRows([{ at: samples[0]?.at ?? 0, samples: encodeSamples(samples) }]);
        expect([...block.times]).toEqual(samples.map(({ at }) => at));
        for (const name of METRIC_NAMES) {
          const { column, digits } = METRICS[name];
          for (const [index, sample] of samples.entries()) {
            const stored = block.columns.get(column)?.[index] ?? Number.NaN;
            const value = sample[name];
            if (value === undefined) expect(stored).toBeNaN();
            else
              expect(Math.abs(fromScaled(stored, digits) - value)).toBeLessThanOrEqual(
                tolerance(value, digits),
              );
          }
        }
      }),
    );
  });

  it("takes about three bytes for each value of one sample", () => {
    const sample: Sample = { at: 1_700_000_000_000, cpu: 12.3, memory: 45.6, netIn: 123_456, netOut: 4567 };
    expect(encodeSamples([sample]).length).toBeLessThanOrEqual(14);
  });

  it("refuses a version that it does not know", () => {
    expect(() => decodeRows([{ at: 0, samples: Buffer.of(9, 0) }])).toThrow("version 9");
  });
});

function tolerance(value: number, digits: number): number {
  return 0.5 * 10 ** -digits + Math.abs(value) * 1e-15;
}
