import { expect, it } from "vitest";
import { makeLocalView } from "../../model/local-view.factory.ts";
import { canJoin } from "./can-join.ts";

it.each([
  [makeLocalView(), "own-engine", false],
  [makeLocalView({ enrolled: null, state: { kind: "not-enrolled", reason: null } }), "own-engine", true],
  [makeLocalView({ state: { kind: "revoked" } }), "own-engine", true],
  [makeLocalView({ state: { kind: "copied-machine" } }), "own-engine", true],
  [makeLocalView({ state: { kind: "paused", untilMs: null } }), "own-engine", false],
  [makeLocalView({ enrolled: null, state: { kind: "not-enrolled", reason: null } }), "service", false],
  [null, "own-engine", false],
] as const)("case %#", (view, role, can) => {
  expect(canJoin({ view, role })).toBe(can);
});
