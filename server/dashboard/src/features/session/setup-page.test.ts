import { expect, it } from "vitest";
import { passwordStrength } from "./setup-page.tsx";

it("shows how many characters are missing", () => {
  expect(passwordStrength("1234567")).toEqual({ level: 0, missing: 3 });
});

it.each([
  ["aaaaaaaaaaaaaaaaaaaaaaaa", 1],
  ["abcdefghijklmnopqrstuvwx", 1],
  ["kitchen-lamp", 1],
  ["kitchen lamp seven", 2],
  ["the lamp in our kitchen hums at seven", 3],
])("rates %s with %i of 3", (password, level) => {
  expect(passwordStrength(password).level).toBe(level);
});
