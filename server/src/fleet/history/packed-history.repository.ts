import type { Kysely } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";
import type { HistoryPeriodsTable } from "./history.tables.ts";

export type PeriodTable = "history_days" | "history_five_minutes" | "history_hours";

/** Reads packed history. Devices are given by their number: the caller has checked their organization. */
export type PackedHistoryRepository = {
  /** Segments of the hours [from, to], in the order in which they were packed. */
  segments(
    deviceNos: readonly number[],
    from: number,
    to: number,
  ): Promise<(HistoryPeriodsTable & { id: number })[]>;
  /** Rows of the periods [from, to], ascending. */
  periods(
    table: PeriodTable,
    deviceNos: readonly number[],
    from: number,
    to: number,
  ): Promise<HistoryPeriodsTable[]>;
};

export function createPackedHistoryRepository(read: Kysely<Tables>): PackedHistoryRepository {
  return {
    segments: (deviceNos, from, to) =>
      read
        .selectFrom("history_segments")
        .select(["id", "device_no", "period", "bytes"])
        .where("device_no", "in", deviceNos)
        .where("period", ">=", from)
        .where("period", "<=", to)
        .orderBy("id")
        .execute(),
    periods: (table, deviceNos, from, to) =>
      read
        .selectFrom(table)
        .select(["device_no", "period", "bytes"])
        .where("device_no", "in", deviceNos)
        .where("period", ">=", from)
        .where("period", "<=", to)
        .orderBy("period")
        .execute(),
  };
}
