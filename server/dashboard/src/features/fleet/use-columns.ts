import { useMemo, useState } from "react";
import { readStored, writeStored } from "../../ui/browser-storage.ts";
import { FLEET_COLUMNS, type FleetColumn } from "./fleet-columns.tsx";

/** How the table is laid out: which columns from left to right, their widths where the user chose one, and how dense the rows are. */
export type FleetLayout = {
  columns: readonly { id: FleetColumn["id"]; widthPx?: number }[];
  density: Density;
};
export type Density = "comfortable" | "compact";

/** A column that is shown, with the width that the user chose. */
export type ShownColumn = FleetColumn & { widthPx: number | undefined };

export const MIN_COLUMN_PX = 48;
export const MAX_COLUMN_PX = 800;
/** The version is part of the key: another shape gets another key. */
const STORAGE_KEY = "muster-fleet-layout-1";
/** Ids of the columns, separated by commas, as earlier versions stored them. */
const EARLIER_KEY = "muster-fleet-columns";
const SELECT_PX = 52;
const GAP_PX = 12;

export const DEFAULT_LAYOUT: FleetLayout = {
  columns: FLEET_COLUMNS.filter(({ isDefault }) => isDefault).map(({ id }) => ({ id })),
  density: "comfortable",
};

export type Columns = {
  layout: FleetLayout;
  columns: readonly ShownColumn[];
  /** Shows a column at the end, or hides it. The name cannot be hidden. */
  toggle: (id: FleetColumn["id"]) => void;
  /** Moves a column to the place of another one. The name stays the first. */
  move: (id: FleetColumn["id"], toIndex: number) => void;
  /** Null gives a column its own width again. */
  resize: (id: FleetColumn["id"], widthPx: number | null) => void;
  setDensity: (density: Density) => void;
  /** Uses a whole layout, for example of a saved view. */
  apply: (layout: FleetLayout) => void;
  reset: () => void;
};

/** The layout of the table, remembered in this browser. */
export function useColumns(): Columns {
  const [layout, setLayout] = useState<FleetLayout>(readLayout);
  const apply = (next: FleetLayout) => {
    setLayout(next);
    writeStored(STORAGE_KEY, JSON.stringify(next));
  };
  // The same array while the layout is the same, because each row compares it.
  const columns = useMemo(() => shownColumns(layout), [layout]);
  return {
    layout,
    columns,
    apply,
    toggle: (id) => apply(toggleColumn(layout, id)),
    move: (id, toIndex) => apply(moveColumn(layout, id, toIndex)),
    resize: (id, widthPx) => apply(resizeColumn(layout, id, widthPx)),
    setDensity: (density) => apply({ ...layout, density }),
    reset: () => apply(DEFAULT_LAYOUT),
  };
}

/** A layout from storage or from a saved view. What is unknown or wrong in it is left out, so that an old one still works. */
export function parseFleetLayout(value: unknown): FleetLayout {
  if (typeof value !== "object" || value === null || !("columns" in value) || !Array.isArray(value.columns))
    return DEFAULT_LAYOUT;
  const given: unknown[] = value.columns;
  const columns = new Map<FleetColumn["id"], number | undefined>([["name", undefined]]);
  for (const one of given) {
    if (typeof one !== "object" || one === null || !("id" in one)) continue;
    const column = FLEET_COLUMNS.find(({ id }) => id === one.id);
    const widthPx =
      "widthPx" in one && typeof one.widthPx === "number" ? widthWithin(one.widthPx) : undefined;
    if (column) columns.set(column.id, widthPx);
  }
  return {
    columns: [...columns].map(([id, widthPx]) => (widthPx === undefined ? { id } : { id, widthPx })),
    density: "density" in value && value.density === "compact" ? "compact" : "comfortable",
  };
}

export function toggleColumn(layout: FleetLayout, id: FleetColumn["id"]): FleetLayout {
  if (id === "name") return layout;
  const others = layout.columns.filter((column) => column.id !== id);
  return { ...layout, columns: others.length < layout.columns.length ? others : [...others, { id }] };
}

export function moveColumn(layout: FleetLayout, id: FleetColumn["id"], toIndex: number): FleetLayout {
  const moved = layout.columns.find((column) => column.id === id);
  if (!moved || id === "name") return layout;
  const others = layout.columns.filter((column) => column !== moved);
  const place = Math.max(1, Math.min(others.length, toIndex));
  return { ...layout, columns: others.toSpliced(place, 0, moved) };
}

export function resizeColumn(
  layout: FleetLayout,
  id: FleetColumn["id"],
  widthPx: number | null,
): FleetLayout {
  const columns = layout.columns.map((column) => {
    if (column.id !== id) return column;
    return widthPx === null ? { id } : { id, widthPx: widthWithin(widthPx) };
  });
  return { ...layout, columns };
}

/** The grid of the rows, and the least width at which all columns can be read. */
export function columnGrid(columns: readonly ShownColumn[]): { template: string; minWidthPx: number } {
  const tracks = columns.map(({ minPx, share, widthPx }) => {
    if (widthPx !== undefined) return `${widthPx}px`;
    return share === 0 ? `${minPx}px` : `minmax(${minPx}px, ${share}fr)`;
  });
  const minWidthPx = columns.reduce(
    (sum, { minPx, widthPx }) => sum + (widthPx ?? minPx) + GAP_PX,
    SELECT_PX + GAP_PX,
  );
  return { template: `${SELECT_PX}px ${tracks.join(" ")}`, minWidthPx };
}

function shownColumns({ columns }: FleetLayout): ShownColumn[] {
  return columns.flatMap(({ id, widthPx }) => {
    const column = FLEET_COLUMNS.find((one) => one.id === id);
    return column ? [{ ...column, widthPx }] : [];
  });
}

function widthWithin(widthPx: number): number {
  return Math.round(Math.max(MIN_COLUMN_PX, Math.min(MAX_COLUMN_PX, widthPx)));
}

function readLayout(): FleetLayout {
  const stored = readStored(STORAGE_KEY);
  if (stored !== null) return parseFleetLayout(parseJson(stored));
  const earlier = readStored(EARLIER_KEY)?.split(",");
  return earlier ? parseFleetLayout({ columns: earlier.map((id) => ({ id })) }) : DEFAULT_LAYOUT;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
