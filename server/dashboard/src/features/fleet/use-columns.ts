import { useState } from "react";
import { readStored, writeStored } from "../../ui/browser-storage.ts";
import { FLEET_COLUMNS, type FleetColumn } from "./fleet-columns.tsx";

const STORAGE_KEY = "muster-fleet-columns";
const SELECT_PX = 40;

/** The columns that are shown, remembered in this browser. The name cannot be hidden. */
export function useColumns() {
  const [columns, setColumns] = useState<readonly FleetColumn[]>(readColumns);
  return {
    columns,
    toggle(column: FleetColumn) {
      const next = FLEET_COLUMNS.filter((one) =>
        one === column ? !columns.includes(one) : columns.includes(one),
      );
      setColumns(next);
      writeStored(STORAGE_KEY, next.map(({ id }) => id).join(","));
    },
  };
}

/** The grid of the rows, and the least width at which all columns can be read. */
export function columnGrid(columns: readonly FleetColumn[]): { template: string; minWidthPx: number } {
  const tracks = columns.map(({ minPx, share }) =>
    share === 0 ? `${minPx}px` : `minmax(${minPx}px, ${share}fr)`,
  );
  const minWidthPx = columns.reduce((sum, { minPx }) => sum + minPx + 12, SELECT_PX + 24);
  return { template: `${SELECT_PX}px ${tracks.join(" ")}`, minWidthPx };
}

function readColumns(): readonly FleetColumn[] {
  const stored = readStored(STORAGE_KEY)?.split(",");
  if (!stored) return FLEET_COLUMNS.filter(({ isDefault }) => isDefault);
  return FLEET_COLUMNS.filter(({ id }) => id === "name" || stored.includes(id));
}
