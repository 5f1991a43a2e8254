import { deserialize, serialize } from "node:v8";
import { expect, test } from "vitest";
import { makeCloneText } from "../harness/electron/page/clone-text.ts";

const { read, write } = makeCloneText();

test.each([
  [[undefined, null, -0, Number.NaN, 12n, "ü", true]],
  [{ at: new Date(5), map: new Map([["a", new Set([1])]]), bytes: new Uint8Array([1, 2]) }],
  [JSON.parse('{"__proto__":{"isPolluted":true},"a":1}')],
])("supports what a structured clone supports, case %#", (value) => {
  expect(read(write(value))).toEqual(deserialize(serialize(value)));
});

test("keeps object identity and cycles", () => {
  const value: Record<string, unknown> = { list: [] };
  value["again"] = value["list"];
  value["self"] = value;
  const carried = read(write(value)) as typeof value;
  expect(carried["again"]).toBe(carried["list"]);
  expect(carried["self"]).toBe(carried);
});

test("creates a property called __proto__ without changing the prototype", () => {
  const carried = read(write(JSON.parse('{"__proto__":{"isPolluted":true}}'))) as object;
  expect(Object.getPrototypeOf(carried)).toBe(Object.prototype);
  expect(Object.keys(carried)).toEqual(["__proto__"]);
});
