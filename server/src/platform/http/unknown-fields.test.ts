import { describe, expect, test } from "vitest";
import { assertFewFields, leaveOutUnknown } from "./unknown-fields.ts";

const PLACES = [
  { path: [], known: new Set(["a", "list"]) },
  { path: ["list", "*"], known: new Set(["b"]) },
];

describe("leaving out unknown fields", () => {
  test("keeps what is known and what is not an object", () => {
    const input = { a: { deep: 1 }, list: [{ b: 1, c: 2 }, null, 3, [{ c: 4 }]], d: null };
    expect(leaveOutUnknown(input, PLACES)).toEqual({
      json: { a: { deep: 1 }, list: [{ b: 1 }, null, 3, [{ c: 4 }]] },
      ignored: ["d", "list.c"],
    });
  });

  test.each([null, 1, "text", [], [{ c: 1 }]])("does not change %j", (input) => {
    expect(leaveOutUnknown(input, PLACES)).toEqual({ json: input, ignored: [] });
  });

  test("leaves out the names of built-in properties, but leaves a prototype for the schema to refuse", () => {
    const { json, ignored } = leaveOutUnknown(
      JSON.parse('{"a":1,"__proto__":{"x":1},"constructor":2}'),
      PLACES,
    );
    expect(JSON.stringify(json)).toBe('{"a":1,"__proto__":{"x":1}}');
    expect(ignored).toEqual(["constructor"]);
  });

  test("stops at a value that is nested very deeply or has very many entries", () => {
    const nested = JSON.parse(`${"[".repeat(100_000)}${"]".repeat(100_000)}`);
    expect(() => leaveOutUnknown({ c: nested }, PLACES)).toThrow("8 KiB");
    expect(() => leaveOutUnknown({ c: Array(1_000_000).fill(0) }, PLACES)).toThrow("8 KiB");
  });
});

describe("counting fields", () => {
  test.each([
    ['{"a":1,"b":{"c":2}}', 3],
    ['{"a" : 1,\n"b"\t:{"c":2}}', 3],
    ['{"a":"10:20:30","b":["fe80::1"]}', 2],
  ])("of %s", (text, count) => {
    const bytes = Buffer.from(text);
    expect(() => assertFewFields(bytes, count)).not.toThrow();
    expect(() => assertFewFields(bytes, count - 1)).toThrow("fields");
  });
});
