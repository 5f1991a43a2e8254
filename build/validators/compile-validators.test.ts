import { line, name } from "@muster/shared/contracts/text.ts";
import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import { compileValidators, type UnknownFields } from "./compile-validators.ts";

type Validate = (value: unknown) => boolean;

async function compile(schema: z.ZodType, unknownFields: UnknownFields = "by-schema"): Promise<Validate> {
  const code = await compileValidators({ Value: schema }, unknownFields);
  const generated: { isValue: Validate } = await import(`data:text/javascript,${encodeURIComponent(code)}`);
  return generated.isValue;
}

test("accepts a line exactly where zod returns it unchanged, with lengths in code points", async () => {
  const schema = line(5);
  const isLine = await compile(schema);
  const character = fc.constantFrom(
    "a",
    " ",
    "\t",
    "\n",
    "\u00a0",
    "\u2028",
    "\ufeff",
    "\u{1f600}",
    "\ud83d",
    "\u0301",
    "\u0000",
  );
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ unit: character, maxLength: 8 }), fc.string({ unit: "binary" })),
      (text) => {
        const parsed = schema.safeParse(text);
        expect(isLine(text)).toBe(parsed.success && parsed.data === text);
      },
    ),
    { numRuns: 2000 },
  );
});

test("refuses unknown fields as the schema says", async () => {
  const isStrict = await compile(z.strictObject({ a: z.number().optional() }));
  expect([{}, { a: 1 }, { b: 1 }, JSON.parse('{"__proto__":1}')].map(isStrict)).toEqual([
    true,
    true,
    false,
    false,
  ]);
});

test("removes unknown fields, from strict objects too", async () => {
  const isTolerant = await compile(z.strictObject({ a: z.array(z.object({ b: z.number() })) }), "removed");
  const value = { a: [{ b: 1, c: 2 }], d: 3 };
  expect(isTolerant(value)).toBe(true);
  expect(value).toEqual({ a: [{ b: 1 }] });
});

test("imports nothing", async () => {
  const code = await compileValidators({ Line: line(5) }, "by-schema");
  expect(code).not.toMatch(/\bimport\b/);
  expect(code).toMatch(/export\{\w+ as isLine\}/);
});

test.each([
  ["a rule of its own", z.string().refine((text) => text === "a")],
  ["a further rule for a line", name(5)],
  ["a default", z.object({ a: z.string().default("a") })],
])("does not compile a schema with %s", async (_, schema) => {
  await expect(compile(schema)).rejects.toThrow("JSON Schema cannot express");
});
