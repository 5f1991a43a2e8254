import { Report } from "@muster/shared/contracts/report.ts";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MusterError } from "../../platform/errors.ts";
import { compileSchema, readReport } from "./read-report.ts";
import { fullReport } from "./report.fixture.ts";

const hostileValues: readonly unknown[] = [
  null,
  true,
  "",
  " ",
  "0",
  "<img src=x onerror=alert(1)>",
  "line\nbreak",
  "nul\u0000",
  "separator\u2028",
  "\ud800",
  "\ud83d\ude00".repeat(100),
  "x".repeat(10_000),
  "  padded  ",
  -1,
  -0,
  0.5,
  9999,
  2 ** 53,
  8.64e15,
  8.64e15 + 1,
  Number.POSITIVE_INFINITY,
  Number.NaN,
  [],
  {},
  [null],
  { at: 1 },
  [{ at: 1 }],
  Array.from({ length: 501 }, (_, at) => ({ at })),
];

type Position = { owner: Record<string, unknown> | unknown[]; key: string | number };

/** Every position in a value that can be replaced. */
function positionsIn(value: unknown): Position[] {
  if (Array.isArray(value)) {
    return value.flatMap((item, key) => [{ owner: value, key }, ...positionsIn(item)]);
  }
  if (typeof value !== "object" || value === null) return [];
  const owner = value as Record<string, unknown>;
  return Object.entries(owner).flatMap(([key, item]) => [{ owner, key }, ...positionsIn(item)]);
}

const mutation = fc.record({
  position: fc.nat(),
  change: fc.constantFrom("replace", "remove", "add"),
  value: fc.oneof(
    fc.constantFrom(...hostileValues),
    fc.jsonValue({ maxDepth: 2 }),
    fc.string({ unit: "binary" }),
  ),
  name: fc.constantFrom("extra", "__proto__", "constructor", "toString", "at", "user"),
});

function mutated(
  mutations: readonly { position: number; change: string; value: unknown; name: string }[],
): unknown {
  const report: unknown = structuredClone(fullReport);
  for (const { position, change, value, name } of mutations) {
    const positions = positionsIn(report);
    const target = positions[position % positions.length];
    if (!target) continue;
    // Cloned each time: JSON cannot express one object in two positions or within itself.
    const fresh = structuredClone(value);
    if (change === "replace") Reflect.set(target.owner, target.key, fresh);
    else if (change === "remove") Reflect.deleteProperty(target.owner, target.key);
    else if (!Array.isArray(target.owner)) define(target.owner, name, fresh);
  }
  return report;
}

// As JSON.parse does: `__proto__` becomes a property like any other.
function define(owner: object, name: string, value: unknown): void {
  Object.defineProperty(owner, name, { value, enumerable: true, configurable: true, writable: true });
}

describe("reading a report", () => {
  test("agrees with zod about every report, whatever is wrong with it", () => {
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 3 }), (mutations) => {
        const input = mutated(mutations);
        const judged = Report.safeParse(structuredClone(input));
        if (judged.success) expect(readReport(input)).toEqual(judged.data);
        else expect(() => readReport(input)).toThrow(MusterError);
      }),
      { numRuns: 3000 },
    );
  });

  test("does not need zod for a valid report", () => {
    expect(compileSchema(Report)(structuredClone(fullReport))).toBe(true);
  });

  test("leaves values that zod would change to zod", () => {
    const padded = { ...fullReport, facts: { user: " ada " } };
    expect(compileSchema(Report)(padded)).toBe(false);
    expect(readReport(padded).facts?.user).toBe("ada");
  });

  test("refuses values that are not reports", () => {
    for (const value of hostileValues) expect(() => readReport(value)).toThrow(MusterError);
  });

  test("names the field that is wrong", () => {
    const wrong = { ...fullReport, samples: [{ at: 1, cpu: 9999 }] };
    expect(() => readReport(wrong)).toThrow(
      expect.objectContaining({
        code: "bad-request",
        details: [expect.objectContaining({ path: "samples.0.cpu" })],
      }),
    );
  });
});
