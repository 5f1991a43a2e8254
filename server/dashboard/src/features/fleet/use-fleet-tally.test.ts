import { describe, expect, it } from "vitest";
import { tallyOfFacets } from "./use-fleet-tally.ts";

const choice = (value: string, devices: number) => ({ value, name: null, devices });

describe("the numbers above a narrowed list", () => {
  const tally = tallyOfFacets(10_001, {
    total: 2,
    facets: [
      { facet: "attention", choices: [choice("none", 58), choice("critical", 2)], more: 0 },
      { facet: "presence", choices: [choice("online", 2)], more: 0 },
      { facet: "paused", choices: [choice("false", 2)], more: 0 },
    ],
  });

  it("are those of the list beside those of the fleet", () => {
    expect([tally.matching, tally.total]).toEqual([2, 10_001]);
  });

  it("are zero for a choice that no device has, not unknown", () => {
    expect(tally.of("attention", "warn")).toBe(0);
    expect(tally.paused).toBe(0);
  });

  it("are unknown until the server has counted", () => {
    const unknown = tallyOfFacets(5, undefined);
    expect([unknown.matching, unknown.of("presence", "online"), unknown.paused]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});
