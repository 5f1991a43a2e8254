import { COMMON_PASSWORD_STEMS } from "@muster/shared/password/common-passwords.ts";
import { expect, it } from "vitest";
import { passwordStrength } from "./password-strength.tsx";

const rate = (password: string) => passwordStrength(password, ["Ada Lovelace"], COMMON_PASSWORD_STEMS);

it.each([
  ["1234567", "too-short"],
  ["aaaaaaaaaaaaaaaaaaaaaaaa", "repetitive"],
  ["abcdefghijklmnopqrstuvwx", "sequence"],
  ["password123", "common"],
  ["correct-horse-battery-staple", "common"],
  ["adalovelace1815", "personal"],
])("shows that the server rejects %s: %s", (password, word) => {
  expect(rate(password)).toEqual({ level: 0, word });
});

it.each([
  ["kitchen-lamp", 1],
  ["kitchen lamp seven", 2],
  ["the lamp in our kitchen hums at seven", 3],
])("rates %s with %i of 3", (password, level) => {
  expect(rate(password).level).toBe(level);
});
