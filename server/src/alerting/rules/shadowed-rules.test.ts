import { expect, test } from "vitest";
import { findShadowedRules } from "./shadowed-rules.ts";

const ORGANIZATION = { kind: "organization" } as const;

function rule(id: string, change: object = {}) {
  const settings = { metric: "fileSystem.used", instances: [] as string[] };
  return {
    id,
    name: `Rule ${id}`,
    type: "metric" as const,
    settings,
    scope: ORGANIZATION,
    isEnabled: true,
    ...change,
  };
}
const about = (...instances: string[]) => ({ settings: { metric: "fileSystem.used", instances } });

test.each([
  ["the same scope", [rule("a"), rule("b")], { b: "a" }],
  ["the same scope, with instances of its own", [rule("a"), rule("b", about("/srv"))], { b: "a" }],
  ["the same instances and more", [rule("a", about("/", "/srv")), rule("b", about("/srv"))], { b: "a" }],
  ["fewer instances", [rule("a", about("/srv")), rule("b")], {}],
  ["another metric", [rule("a", { settings: { metric: "cpu" } }), rule("b")], {}],
  ["another type", [rule("a", { type: "no-data" }), rule("b")], {}],
  ["a wider scope", [rule("a"), rule("b", { scope: { kind: "class", deviceClass: "server" } })], {}],
  [
    "another customer",
    ["x", "y"].map((customerId) => rule(customerId, { scope: { kind: "customer", customerId } })),
    {},
  ],
  ["a rule that is off", [rule("a", { isEnabled: false }), rule("b")], {}],
  ["two others", [rule("a"), rule("b"), rule("c")], { b: "a", c: "a" }],
])("after a rule with %s", (_, rules, expected) => {
  const found = [...findShadowedRules(rules)].map(([id, by]) => [id, by.id]);
  expect(Object.fromEntries(found)).toEqual(expected);
});
