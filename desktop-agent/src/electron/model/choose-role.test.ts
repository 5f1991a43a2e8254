import { expect, it } from "vitest";
import { chooseRole } from "./choose-role.ts";

it.each([
  [{ isAnswering: true, isInstalled: true }, "service"],
  [{ isAnswering: true, isInstalled: false }, "service"],
  [{ isAnswering: false, isInstalled: true }, "service-silent"],
  [{ isAnswering: false, isInstalled: false }, "own-engine"],
] as const)("with %o the role is %s", (facts, role) => {
  expect(chooseRole(facts)).toBe(role);
});
