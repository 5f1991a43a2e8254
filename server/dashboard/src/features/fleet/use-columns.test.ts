import { describe, expect, it } from "vitest";
import { DEFAULT_LAYOUT, moveColumn, parseFleetLayout, resizeColumn, toggleColumn } from "./use-columns.ts";

const idsOf = ({ columns }: typeof DEFAULT_LAYOUT) => columns.map(({ id }) => id);

describe("the layout of the table", () => {
  it("moves a column, and never one before the name", () => {
    const moved = moveColumn(DEFAULT_LAYOUT, "trend", 0);
    expect(idsOf(moved).slice(0, 2)).toEqual(["name", "trend"]);
    expect(idsOf(moveColumn(moved, "trend", 99)).at(-1)).toBe("trend");
    expect(moveColumn(DEFAULT_LAYOUT, "name", 3)).toBe(DEFAULT_LAYOUT);
  });

  it("keeps a width within what can be read, and forgets it", () => {
    const wide = resizeColumn(DEFAULT_LAYOUT, "score", 1e6);
    expect(wide.columns[1]).toEqual({ id: "score", widthPx: 800 });
    expect(resizeColumn(wide, "score", null)).toEqual(DEFAULT_LAYOUT);
  });

  it("adds a column at the end, and never hides the name", () => {
    expect(idsOf(toggleColumn(DEFAULT_LAYOUT, "cpu")).at(-1)).toBe("cpu");
    expect(toggleColumn(DEFAULT_LAYOUT, "name")).toBe(DEFAULT_LAYOUT);
  });

  it.each([null, 7, "x", {}, { columns: 3 }, { columns: null }])("is the default for %j", (value) => {
    expect(parseFleetLayout(value)).toEqual(DEFAULT_LAYOUT);
  });

  it("leaves out what is unknown, and begins with the name", () => {
    const given = { columns: [{ id: "cpu", widthPx: 70.4 }, { id: "gone" }, 5, { id: "cpu" }], density: "?" };
    expect(parseFleetLayout(given)).toEqual({
      columns: [{ id: "name" }, { id: "cpu" }],
      density: "comfortable",
    });
    expect(parseFleetLayout({ columns: [], density: "compact" }).density).toBe("compact");
  });
});
