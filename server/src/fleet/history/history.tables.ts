import type { InstanceKind } from "@muster/shared/contracts/metric.ts";
import type { Generated } from "kysely";
import type { JournalRow } from "./journal.ts";

/** The progress of packing, one row. Bounds are journal ids on SQLite and receive times on PostgreSQL. */
export type HistoryPackingTable = {
  id: number;
  /** Everything up to this bound is packed and deleted. */
  packed_through: number;
  /** The range that is being packed or deleted, its start exclusive and its end inclusive; null between two packings. */
  frozen_after: number | null;
  frozen_through: number | null;
  /** Devices below this number are packed from the range. */
  next_device_no: number;
  /** Rows of the range that are packed. */
  packed_rows: number;
};

/** Packed history of one device and one period: hours, days and months are counted from January 1970 in UTC. */
export type HistoryPeriodsTable = { device_no: number; period: number; bytes: Buffer };

/** Samples of one device and hour from one packing run; an hour with late samples has several. */
export type HistorySegmentsTable = HistoryPeriodsTable & { id: Generated<number> };

/** Devices that were purged while the journal may still have rows of theirs. */
export type HistoryPurgesTable = { device_no: number; purged_at: number };

/** A thing of which a device has several, and the number of its columns in the device's history; see `columnOf`. */
export type SeriesInstancesTable = {
  device_no: number;
  /** From 1, within the device. */
  number: number;
  org_id: string;
  kind: InstanceKind;
  name: string;
  /** Wall time of a report with it, up to a day old. */
  last_seen_at: number;
};

declare module "../../platform/database/tables.ts" {
  interface Tables {
    journal: JournalRow;
    history_packing: HistoryPackingTable;
    history_segments: HistorySegmentsTable;
    /** Samples by day, merged from the segments of a finished day. */
    history_days: HistoryPeriodsTable;
    /** Rollups of 5 minutes by day. */
    history_five_minutes: HistoryPeriodsTable;
    /** Rollups of 1 hour by month. */
    history_hours: HistoryPeriodsTable;
    history_purges: HistoryPurgesTable;
    series_instances: SeriesInstancesTable;
  }
}
