import fc from "fast-check";
import { expect, it, test } from "vitest";
import { matchesAny, matchesPattern } from "./instance-pattern.ts";

test.each([
  ["/srv", "/srv", true],
  ["/srv", "/srv/data", false],
  ["/srv*", "/srv/data", true],
  ["*", "", true],
  ["*/data", "/srv/data", true],
  ["/a*b*c", "/a1b2c", true],
  ["/a*b*c", "/a1c2b", false],
  ["ab*ba", "aba", false],
  ["a*b*b", "ab", false],
  ["**", "x", true],
  ["C:\\*", "C:\\Data", true],
  [".*", "abc", false],
])("%s against %s: %s", (pattern, name, matches) => {
  expect(matchesPattern(pattern, name)).toBe(matches);
});

it("equals the regular expression with the same meaning", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "b", "*"), maxLength: 8 });
  const names = fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 10 });
  fc.assert(
    fc.property(text, names, (pattern, name) => {
      expect(matchesPattern(pattern, name)).toBe(new RegExp(`^${pattern.replaceAll("*", ".*")}$`).test(name));
    }),
  );
});

it("takes no pattern for every name", () => {
  expect([matchesAny([], "x"), matchesAny(["y"], "x"), matchesAny(["y", "x"], "x")]).toEqual([
    true,
    false,
    true,
  ]);
});
