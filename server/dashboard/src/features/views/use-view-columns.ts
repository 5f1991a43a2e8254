import type { ViewColumn } from "@muster/shared/contracts/saved-view.ts";
import { useEffect, useMemo, useState } from "react";
import { FLEET_COLUMNS, type FleetColumn } from "../fleet/fleet-columns.tsx";

/** The columns of the table as views store them: read from and written to what the table shows. */
export function useViewColumns(columns: readonly FleetColumn[], toggle: (column: FleetColumn) => void) {
  const [wanted, setWanted] = useState<ReadonlySet<string> | null>(null);
  const shown = useMemo<readonly ViewColumn[]>(
    () => columns.map(({ id }) => ({ id, widthPx: null })),
    [columns],
  );
  const next =
    wanted === null
      ? undefined
      : FLEET_COLUMNS.find(
          (column) => column.id !== "name" && wanted.has(column.id) !== columns.includes(column),
        );
  if (wanted !== null && next === undefined) setWanted(null);
  // One column with each rendering, because `toggle` knows the columns of this one.
  useEffect(() => {
    if (next) toggle(next);
  }, [next, toggle]);
  return {
    shown,
    apply(given: readonly ViewColumn[]) {
      if (given.length > 0) setWanted(new Set(given.map(({ id }) => id)));
    },
  };
}
