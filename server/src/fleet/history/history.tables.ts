import type { JournalRow } from "./journal.ts";

/** The one row that says how far packing is. Bounds are journal ids on SQLite and receive times on PostgreSQL. */
export type HistoryPackingTable = {
  id: 1;
  /** Everything up to here is packed and deleted. */
  packed_through: number;
  /** The frozen range's end, inclusive; null while nothing is being packed. */
  frozen_through: number | null;
  /** Devices below this number are packed from the frozen range; null once all are and the range is being deleted. */
  next_device_no: number | null;
};

/** A segment: the samples of one device and sample hour that one packing found. `hour` counts from the epoch. */
export type HistorySegmentsTable = { id: number; device_no: number; hour: number; samples: Buffer };

/** Rollups of one device: `period` is the day or month, counted from the epoch or from January 1970. */
export type HistoryRollupsTable = { device_no: number; period: number; buckets: Buffer };

/** Devices that were purged while rows of theirs were in the journal. */
export type HistoryPurgesTable = { device_no: number; purged_at: number };

declare module "../../platform/database/tables.ts" {
  interface Tables {
    journal: JournalRow;
    history_packing: HistoryPackingTable;
  }
}
