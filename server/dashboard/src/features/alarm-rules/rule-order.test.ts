import { describe, expect, it } from "vitest";
import { byPrecedence, movedIds, peersOf } from "./rule-order.ts";

const rule = (id: string, position: number, kind: "organization" | "tag", metric = "cpu") => ({
  id,
  type: "metric" as const,
  settings: { metric },
  scope: kind === "tag" ? { kind, tag: id } : { kind },
  position,
});
const rules = [
  rule("all", 1, "organization"),
  rule("disk", 2, "organization", "disk"),
  rule("web", 3, "tag"),
  rule("also", 4, "organization"),
];

describe("the order of rules", () => {
  it("puts what applies before what it overrides", () => {
    expect(rules.toSorted(byPrecedence).map(({ id }) => id)).toEqual(["web", "all", "also", "disk"]);
  });

  it("is decided among rules of one type, metric and kind of scope", () => {
    const [all] = rules;
    expect(all && peersOf(all, rules)).toEqual(["all", "also"]);
  });

  it("changes two neighbours, and leaves all others in their places", () => {
    const [all, disk] = rules;
    expect(all && movedIds(all, rules, 1)).toEqual(["also", "disk", "web", "all"]);
    expect(all && movedIds(all, rules, -1)).toBeNull();
    expect(disk && movedIds(disk, rules, 1)).toBeNull();
  });
});
