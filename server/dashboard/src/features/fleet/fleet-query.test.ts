import { describe, expect, it } from "vitest";
import {
  countFilters,
  EMPTY_QUERY,
  type FleetQuery,
  formatFleetQuery,
  isNarrowed,
  parseFleetQuery,
} from "./fleet-query.ts";

const NARROWED: FleetQuery = {
  ...EMPTY_QUERY,
  search: "nas & <b>",
  attention: ["critical", "warn"],
  presence: ["asleep"],
  customer: ["Acme, Inc.", "Ünïted"],
  tag: ["db"],
  class: ["laptop"],
  osFamily: ["windows"],
  osName: ["Windows 11, 24H2"],
  agentVersion: ["0.1.0"],
  user: ["Åsa, admin"],
  rebootRequired: true,
  paused: true,
  sort: "cpu",
  order: "desc",
};

describe("the address of the fleet page", () => {
  it("is empty for the page without filters", () => {
    expect(formatFleetQuery(EMPTY_QUERY)).toBe("");
    expect(parseFleetQuery("")).toEqual(EMPTY_QUERY);
  });

  it("restores every filter", () => {
    expect(parseFleetQuery(formatFleetQuery(NARROWED))).toEqual(NARROWED);
  });

  it("ignores what it does not know", () => {
    expect(parseFleetQuery("attention=critical&attention=purple&sort=colour&order=up&page=7")).toEqual({
      ...EMPTY_QUERY,
      attention: ["critical"],
    });
  });
});

describe("counting filters", () => {
  it("counts filters and not their values, and neither search nor order", () => {
    expect(countFilters(NARROWED)).toBe(11);
    expect(countFilters({ ...EMPTY_QUERY, search: "nas", sort: "name" })).toBe(0);
  });

  it("is narrowed by a search, but not by spaces", () => {
    expect(isNarrowed({ ...EMPTY_QUERY, search: "nas" })).toBe(true);
    expect(isNarrowed({ ...EMPTY_QUERY, search: "  " })).toBe(false);
  });
});
