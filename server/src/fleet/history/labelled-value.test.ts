import { LABELLED_METRICS, type Sample } from "@muster/shared/contracts/metric.ts";
import fc from "fast-check";
import { expect, it } from "vitest";
import { decodeRows, encodeSamples } from "./journal-codec.ts";
import type { InstanceNumbers } from "./labelled-value.ts";
import { columnOf, digitsOfColumn, fromScaled } from "./scaled-value.ts";

const AT = Date.UTC(2026, 6, 1);
const NAMES = ["/", "/home", "C:\\", "🗄 data", "/srv, data"];
const NUMBERS: InstanceNumbers = new Map([
  ["fileSystem", new Map(NAMES.map((name, index) => [name, 1 + index * 60]))],
]);
const { used, free } = LABELLED_METRICS.fileSystem;

const arbitraryInstances = fc.uniqueArray(
  fc.record({
    name: fc.constantFrom(...NAMES, "unknown"),
    used: fc.option(fc.integer({ min: 0, max: 1000 }).map((tenths) => tenths / 10)),
    free: fc.option(fc.integer({ min: 0, max: 9_000_000 }).map((megabytes) => megabytes * 1e6)),
  }),
  { selector: ({ name }) => name },
);

it("gives back each value under the column of its metric and instance, in one sample and in several", () => {
  fc.assert(
    fc.property(fc.array(arbitraryInstances, { minLength: 1, maxLength: 4 }), (lists) => {
      const samples: Sample[] = lists.map((instances, index) => ({
        at: AT + index,
        cpu: 5,
        series: {
          fileSystem: {
            names: instances.map(({ name }) => name),
            used: instances.map((instance) => instance.used),
            free: instances.map((instance) => instance.free),
          },
        },
      }));
      const { times, columns } = decodeRows([
        { at: AT, samples: encodeSamples(samples, { instances: NUMBERS }) },
      ]);
      expect(times).toHaveLength(lists.length);
      for (const [index, instances] of lists.entries()) {
        for (const name of NAMES) {
          const instance = instances.find((one) => one.name === name);
          const number = NUMBERS.get("fileSystem")?.get(name) ?? 0;
          for (const [metric, value] of [
            [used, instance?.used],
            [free, instance?.free],
          ] as const) {
            const stored = columns.get(columnOf(metric.column, number))?.[index] ?? Number.NaN;
            expect(fromScaled(stored, metric.digits)).toEqual(value ?? Number.NaN);
          }
        }
      }
    }),
  );
});

it("stores nothing of an instance without a number", () => {
  const samples: Sample[] = [{ at: AT, series: { fileSystem: { names: ["unknown"], used: [1] } } }];
  expect(decodeRows([{ at: AT, samples: encodeSamples(samples, { instances: NUMBERS }) }]).columns.size).toBe(
    0,
  );
});

it("takes the digits of a column from its metric, whatever the instance", () => {
  expect(digitsOfColumn(columnOf(used.column, 1))).toBe(used.digits);
  expect(digitsOfColumn(columnOf(free.column, 300))).toBe(free.digits);
  expect(digitsOfColumn(columnOf(255, 1))).toBeUndefined();
});

it("keeps the last value of an instance that is named twice", () => {
  const samples: Sample[] = [
    { at: AT, series: { fileSystem: { names: ["/", "/", "/"], used: [1, 2, null] } } },
  ];
  const several = [...samples, { at: AT + 1, cpu: 3 }];
  for (const given of [samples, several]) {
    const { columns } = decodeRows([{ at: AT, samples: encodeSamples(given, { instances: NUMBERS }) }]);
    expect(columns.get(columnOf(used.column, 1))?.[0]).toBe(20);
  }
});
