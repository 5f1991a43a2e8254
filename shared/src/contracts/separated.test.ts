import { expect, test } from "vitest";
import { z } from "zod";
import { separated, separatedText } from "./separated.ts";

const Tags = separated(z.array(z.string()).max(3));
const Names = separatedText(z.array(z.string()).max(3));

test.each([
  ["a", ["a"]],
  ["a,b", ["a", "b"]],
  [
    ["a", "b"],
    ["a", "b"],
  ],
  [
    ["a,b", "c"],
    ["a", "b", "c"],
  ],
])("reads the list %j in a query", (given, expected) => {
  expect(Tags.parse(given)).toEqual(expected);
});

test("has a limit, and accepts nothing but a list", () => {
  expect(Tags.safeParse("a,b,c,d").success).toBe(false);
  expect(Tags.safeParse(1).success).toBe(false);
});

test("keeps a whole name that contains a comma", () => {
  expect(Names.parse("Acme, Inc.")).toEqual(["Acme, Inc.", "Acme", " Inc."]);
  expect(Names.parse("Acme")).toEqual(["Acme"]);
  expect(Names.parse(["a", "b"])).toEqual(["a", "b"]);
});
