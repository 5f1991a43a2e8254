import { useState } from "react";
import { readStored, writeStored } from "../../ui/browser-storage.ts";

/** A column of the table: its least width in pixels and its share of what is left over. */
export type Column = { name: ColumnName; minPx: number; share: number; isDefault: boolean };

export const COLUMN_NAMES = [
  "name",
  "score",
  "reason",
  "customer",
  "os",
  "user",
  "lastReport",
  "trend",
  "cpu",
  "memory",
  "disk",
  "tags",
  "address",
  "serial",
  "agent",
] as const;
export type ColumnName = (typeof COLUMN_NAMES)[number];

const COLUMNS: Record<ColumnName, Column> = {
  name: { name: "name", minPx: 180, share: 1.8, isDefault: true },
  score: { name: "score", minPx: 60, share: 0, isDefault: true },
  reason: { name: "reason", minPx: 250, share: 3, isDefault: true },
  customer: { name: "customer", minPx: 100, share: 1, isDefault: true },
  os: { name: "os", minPx: 84, share: 0, isDefault: true },
  user: { name: "user", minPx: 110, share: 1, isDefault: true },
  lastReport: { name: "lastReport", minPx: 104, share: 0, isDefault: true },
  trend: { name: "trend", minPx: 96, share: 0, isDefault: true },
  cpu: { name: "cpu", minPx: 96, share: 0, isDefault: false },
  memory: { name: "memory", minPx: 96, share: 0, isDefault: false },
  disk: { name: "disk", minPx: 96, share: 0, isDefault: false },
  tags: { name: "tags", minPx: 140, share: 1, isDefault: false },
  address: { name: "address", minPx: 130, share: 0.5, isDefault: false },
  serial: { name: "serial", minPx: 120, share: 0.5, isDefault: false },
  agent: { name: "agent", minPx: 76, share: 0, isDefault: false },
};

const STORAGE_KEY = "muster-fleet-columns";
const SELECT_PX = 40;

/** The columns that are shown, remembered in this browser. The name cannot be hidden. */
export function useColumns() {
  const [names, setNames] = useState<readonly ColumnName[]>(readColumns);
  return {
    columns: names,
    toggle(name: ColumnName) {
      const next = COLUMN_NAMES.filter((one) => (one === name ? !names.includes(one) : names.includes(one)));
      setNames(next);
      writeStored(STORAGE_KEY, next.join(","));
    },
  };
}

/** The grid of the rows, and the least width at which all columns can be read. */
export function columnGrid(names: readonly ColumnName[]): { template: string; minWidthPx: number } {
  const tracks = names.map((name) => {
    const { minPx, share } = COLUMNS[name];
    return share === 0 ? `${minPx}px` : `minmax(${minPx}px, ${share}fr)`;
  });
  const minWidthPx = names.reduce((sum, name) => sum + COLUMNS[name].minPx + 12, SELECT_PX + 24);
  return { template: `${SELECT_PX}px ${tracks.join(" ")}`, minWidthPx };
}

function readColumns(): readonly ColumnName[] {
  const stored = readStored(STORAGE_KEY)?.split(",");
  const chosen = COLUMN_NAMES.filter((name) => name === "name" || stored?.includes(name));
  return stored ? chosen : COLUMN_NAMES.filter((name) => COLUMNS[name].isDefault);
}
