import { ViewDefinition } from "@muster/shared/contracts/saved-view.ts";
import { describe, expect, it } from "vitest";
import { EMPTY_QUERY } from "../fleet/fleet-query.ts";
import { addressOf, viewIdOf } from "../fleet/view-address.ts";
import { DEFAULT_LAYOUT, resizeColumn } from "../fleet/use-columns.ts";
import { definitionOf, isChangedFrom, type ShownView, tableOf } from "./view-definition.ts";

const SHOWN: ShownView = {
  query: { ...EMPTY_QUERY, search: "nas ", attention: ["critical"], user: ["ada"], sort: "cpu" },
  table: { columns: [{ id: "name", widthPx: 300 }, { id: "user" }], density: "comfortable" },
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
    ["a column", { table: { ...SHOWN.table, columns: SHOWN.table.columns.slice(0, 1) } }],
    ["a width", { table: resizeColumn(SHOWN.table, "name", 200) }],
    ["the density", { table: { ...SHOWN.table, density: "compact" } }],
  ])("is changed by %s", (_, change) => {
    expect(isChangedFrom(definition, { ...SHOWN, ...change })).toBe(true);
  });

  it("without columns and density leaves them to the reader", () => {
    const open = { ...definition, columns: [], density: null };
    expect(isChangedFrom(open, SHOWN)).toBe(false);
    expect(tableOf(open, SHOWN.table)).toEqual(SHOWN.table);
  });

  it("brings back the table that it was saved from", () => {
    expect(tableOf(definition, DEFAULT_LAYOUT)).toEqual(SHOWN.table);
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
