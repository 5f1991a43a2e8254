import { ViewDefinition } from "@muster/shared/contracts/saved-view.ts";
import { describe, expect, it } from "vitest";
import { EMPTY_QUERY } from "../fleet/fleet-query.ts";
import { addressOf, viewIdOf } from "../fleet/view-address.ts";
import { definitionOf, isChangedFrom, type ShownView } from "./view-definition.ts";

const SHOWN: ShownView = {
  query: { ...EMPTY_QUERY, search: "nas ", attention: ["critical"], user: ["ada"], sort: "cpu" },
  columns: [
    { id: "name", widthPx: 300 },
    { id: "user", widthPx: null },
  ],
  layout: "table",
};
const definition = definitionOf(SHOWN);

describe("the definition of a view", () => {
  it("is what the server accepts", () => {
    expect(ViewDefinition.parse(definition)).toEqual(definition);
  });

  it("is not changed by spaces around the search", () => {
    expect(isChangedFrom(definition, SHOWN)).toBe(false);
  });

  it.each<[string, Partial<ShownView>]>([
    ["a filter", { query: { ...SHOWN.query, user: [] } }],
    ["the order", { query: { ...SHOWN.query, order: "desc" } }],
    ["the layout", { layout: "cards" }],
    ["a column", { columns: SHOWN.columns.slice(0, 1) }],
    ["a width", { columns: SHOWN.columns.map((column) => ({ ...column, widthPx: 200 })) }],
  ])("is changed by %s", (_, change) => {
    expect(isChangedFrom(definition, { ...SHOWN, ...change })).toBe(true);
  });

  it("without columns leaves them to the reader", () => {
    expect(isChangedFrom({ ...definition, columns: [] }, SHOWN)).toBe(false);
  });
});

describe("the address of a view", () => {
  const id = "019ab3c4-5d6e-7f80-9a1b-2c3d4e5f6071";

  it("has its id beside the filters", () => {
    expect(addressOf(id, "sort=cpu")).toBe(`/?view=${id}&sort=cpu`);
    expect(viewIdOf(`?view=${id}&sort=cpu`)).toBe(id);
  });

  it("is the plain one without a view and filters", () => {
    expect(addressOf(null, "")).toBe("/");
    expect(viewIdOf("")).toBeNull();
  });

  it("names no view where the id is none", () => {
    expect(viewIdOf("?view=%3Cscript%3E")).toBeNull();
  });
});
