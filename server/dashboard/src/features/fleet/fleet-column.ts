import type { DeviceSort, DeviceSummary } from "@muster/shared/contracts/device.ts";
import type { ReactNode } from "react";
import type { Trend } from "./trend.tsx";

export type CellProps = { device: DeviceSummary; trend: Trend };

/** What devices are ordered by: the lowest first, texts by their sort keys. */
export type SortKey = string | number;

export type CsvValue = string | number | boolean | null | undefined;

/** All that there is to know about a column of the fleet's table. Its heading is the text `fleet.columns.<id>`. */
export type FleetColumnDefinition = {
  /** Remembered in browsers: never renamed or reused. */
  id: string;
  /** Least width in pixels, and the column's share of the width that is left over. */
  minPx: number;
  share: number;
  /** Whether it is shown before a person chose columns. */
  isDefault: boolean;
  cell: (props: CellProps) => ReactNode;
  /** The server's sort and the same order as a key; null for a column that does not sort. */
  sort: { by: DeviceSort; key: (device: DeviceSummary) => SortKey } | null;
  /** Fields of the CSV export with their names, which stay English because scripts read them; null for none. */
  csv: Readonly<Record<string, (device: DeviceSummary) => CsvValue>> | null;
};
