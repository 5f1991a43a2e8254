import { Inventory } from "@muster/shared/contracts/inventory.ts";
import { INSTANCE_KINDS, LabelledSeries, Sample } from "@muster/shared/contracts/metric.ts";
import { DeviceFacts, Report } from "@muster/shared/contracts/report.ts";
import { DeviceService, DeviceServices } from "@muster/shared/contracts/service.ts";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type z, ZodArray, ZodNullable, ZodObject, ZodOptional } from "zod";
import { MusterError } from "../../platform/errors.ts";
import { readReport } from "./read-report.ts";
import { isReport } from "./report-validator.generated.js";
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

/** The same tolerance, written as the contract puts it: unknown keys of every object but those that are signed or have an effect. */
function withoutUnknown(input: unknown): unknown {
  const report: unknown = structuredClone(input);
  let unknownText = 0;
  const { os, hardware, disks, networkInterfaces, agent } = Inventory.shape;
  const part = (owner: unknown, name: string): unknown =>
    typeof owner === "object" && owner !== null && !Array.isArray(owner)
      ? Object.entries(owner).find(([key]) => key === name)?.[1]
      : undefined;
  const all = (list: unknown): unknown[] => (Array.isArray(list) ? list : []);
  const inventory = part(report, "inventory");
  const machine = part(inventory, "hardware");
  const places: [unknown[], z.ZodObject][] = [
    [all(part(report, "samples")), Sample],
    [all(part(report, "samples")).map((sample) => part(sample, "series")), LabelledSeries],
    ...INSTANCE_KINDS.map((kind): [unknown[], z.ZodObject] => [
      all(part(report, "samples")).map((sample) => part(part(sample, "series"), kind)),
      LabelledSeries.shape[kind].unwrap(),
    ]),
    [[report], Report],
    [[part(report, "facts")], DeviceFacts],
    [[part(part(report, "facts"), "services")], DeviceServices],
    [all(part(part(part(report, "facts"), "services"), "list")), DeviceService],
    [[inventory], Inventory],
    [[part(inventory, "os")], os],
    [[machine], hardware],
    [[part(machine, "cpu")], hardware.shape.cpu],
    [[part(machine, "bios")], hardware.shape.bios.unwrap()],
    [[part(machine, "board")], hardware.shape.board.unwrap()],
    [all(part(machine, "memoryModules")), hardware.shape.memoryModules.unwrap().element],
    [all(part(machine, "gpus")), hardware.shape.gpus.unwrap().element],
    [all(part(inventory, "disks")), disks.element],
    [all(part(inventory, "networkInterfaces")), networkInterfaces.element],
    [[part(inventory, "agent")], agent],
  ];
  for (const [owners, { shape }] of places) {
    for (const owner of owners) {
      if (typeof owner !== "object" || owner === null || Array.isArray(owner)) continue;
      for (const [key, value] of Object.entries(owner)) {
        if (Object.hasOwn(shape, key) || key === "__proto__") continue;
        unknownText += JSON.stringify(value)?.length ?? 0;
        Reflect.deleteProperty(owner, key);
      }
    }
  }
  return unknownText > 8_192 ? null : report;
}

// As JSON.parse does: `__proto__` becomes a property like any other.
function define(owner: object, name: string, value: unknown): void {
  Object.defineProperty(owner, name, { value, enumerable: true, configurable: true, writable: true });
}

const read = (input: unknown) => readReport(input, Buffer.from(JSON.stringify(input) ?? ""));

describe("reading a report", () => {
  test("gives the same result as zod for every report, whatever is wrong with it", () => {
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 3 }), (mutations) => {
        const input = mutated(mutations);
        const judged = Report.safeParse(withoutUnknown(input));
        if (judged.success) expect(read(input).report).toEqual(judged.data);
        else expect(() => read(input)).toThrow(MusterError);
      }),
      { numRuns: 3000 },
    );
  });

  test("does not need zod for a valid report", () => {
    expect(isReport(structuredClone(fullReport))).toBe(true);
  });

  test("passes values that zod would change to zod", () => {
    const padded = { ...fullReport, facts: { user: " ada " } };
    expect(isReport(padded)).toBe(false);
    expect(read(padded).report.facts?.user).toBe("ada");
  });

  test("refuses values that are not reports", () => {
    for (const value of hostileValues) expect(() => read(value)).toThrow(MusterError);
  });

  test("names the invalid field", () => {
    const wrong = { ...fullReport, samples: [{ at: 1, cpu: 9999 }] };
    expect(() => read(wrong)).toThrow(
      expect.objectContaining({
        code: "bad-request",
        details: [expect.objectContaining({ path: "samples.0.cpu" })],
      }),
    );
  });

  test("leaves out unknown fields of metrics, facts and inventory, and names them", () => {
    const { os, hardware } = fullReport.inventory ?? {};
    const newer = {
      ...fullReport,
      samples: [{ ...fullReport.samples[0], gpu: 12 }],
      facts: { ...fullReport.facts, mood: "good", "tab\t\u202e": 1 },
      inventory: {
        ...fullReport.inventory,
        keyboard: { layout: "us" },
        os: { ...os, flavour: "x" },
        hardware,
      },
    };
    const { report, ignored } = read(newer);
    expect(report).toEqual(fullReport);
    expect(ignored).toEqual([
      "inventory.keyboard",
      "facts.mood",
      "facts.tab ",
      "samples.gpu",
      "inventory.os.flavour",
    ]);
  });

  test("counts one new metric in 500 samples once", () => {
    const samples = Array.from({ length: 500 }, (_, at) => ({ at, gpu: 12.5, fan: 1200, vram: 40.25 }));
    const { report, ignored } = read({ ...fullReport, samples });
    expect(report.samples).toHaveLength(500);
    expect(ignored).toEqual(["samples.gpu", "samples.fan", "samples.vram"]);
  });

  test.each([
    ["32 unknown facts", { facts: unknownFields(32) }, true],
    ["33 unknown facts", { facts: unknownFields(33) }, false],
    ["8 KiB of text", { facts: { a: "x".repeat(8_000) } }, true],
    ["more than 8 KiB of text", { facts: { a: "x".repeat(8_192) } }, false],
    ["more than 8 KiB of nested text", { facts: { a: [[{ b: "x".repeat(8_192) }]] } }, false],
    [
      "long names",
      { facts: Object.fromEntries(["a", "b", "c"].map((name) => [name.repeat(4_000), 1])) },
      false,
    ],
    ["an unknown field of its own", { mood: "good" }, true],
    [
      "an unknown field of a fault",
      { facts: { faults: [{ kind: "unreadable", subject: "cpu", mood: 1 }] } },
      false,
    ],
    ["an unknown field of a pause", { paused: { until: null, mood: 1 } }, false],
  ])("accepts %s: %s", (_, change, isTaken) => {
    const reading = () => read({ ...fullReport, ...change });
    if (isTaken) expect(reading).not.toThrow();
    else expect(reading).toThrow(MusterError);
  });

  test("echoes at most ten names of 80 characters", () => {
    const { ignored } = read({ ...fullReport, facts: { ...unknownFields(20), ["n".repeat(200)]: 1 } });
    expect(ignored).toHaveLength(10);
    for (const name of ignored) expect(name.length).toBeLessThanOrEqual(80);
  });

  test("distinguishes reports by fields that it does not know, but not by the time of sending", () => {
    const digestOf = (change: object) => read({ ...fullReport, ...change }).digest;
    const plain = digestOf({});
    expect(digestOf({ sentAt: 1 })).toBe(plain);
    expect(digestOf({ facts: { ...fullReport.facts, mood: 1 } })).not.toBe(plain);
    expect(digestOf({ sequence: 8 })).not.toBe(plain);
  });
});

function unknownFields(count: number): Record<string, number> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`unknown${index}`, index]));
}

test("the report for tests uses every field of the contract but the signed one", () => {
  expect(missingIn(Report, fullReport)).toEqual(["epochChange"]);
});

/** Fields of a schema that a value lacks, as dotted paths. */
function missingIn(schema: z.core.$ZodType, value: unknown): string[] {
  if (schema instanceof ZodOptional || schema instanceof ZodNullable)
    return missingIn(schema.unwrap(), value);
  if (schema instanceof ZodArray) {
    const [first]: unknown[] = Array.isArray(value) ? value : [];
    return missingIn(schema.element, first);
  }
  if (!(schema instanceof ZodObject)) return [];
  return Object.entries<z.core.$ZodType>(schema.shape).flatMap(([name, field]) => {
    const inner: unknown = typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
    return inner === undefined ? [name] : missingIn(field, inner).map((path) => `${name}.${path}`);
  });
}
