import type { ReadStore } from "../../platform/database/read-store.ts";
import { createJournalChain } from "./journal-chain.repository.ts";
import { createPackedHistoryRepository } from "./packed-history.repository.ts";
import { dayOf, monthOf } from "./period.ts";
import { sliceRollups } from "./rollup.ts";
import { createSampleReader } from "./sample-reader.ts";
import { digitsOfColumn, unscaler } from "./scaled-value.ts";
import { unpackRollups } from "./segment.ts";

/** Averages of one device, ascending; NaN where nothing was measured. A column without values is left out. */
export type Averages = { times: Float64Array; columns: ReadonlyMap<number, Float64Array> };
type Span = { from: number; to: number };

export type HistoryBatches = {
  /**
   * Packed hourly averages of several devices by one statement, one part for each month. What is not packed yet, the last hour or two, is
   * missing. `wanted` gives the columns of a device.
   */
  hours(
    deviceNos: readonly number[],
    span: Span,
    wanted: (deviceNo: number) => ReadonlySet<number>,
  ): Promise<ReadonlyMap<number, readonly Averages[]>>;
  /** Packed averages of five minutes of several devices within a span, one part for each day. */
  fiveMinutes(
    deviceNos: readonly number[],
    span: Span,
    wanted: (deviceNo: number) => ReadonlySet<number>,
  ): Promise<ReadonlyMap<number, readonly Averages[]>>;
  /** The average of a column over samples of a span that are not packed yet; NaN for none. */
  newest(journalHead: number | null, span: Span, column: number): Promise<number>;
};

/** Reads the history of many devices: each statement is one range of the primary key for each device. */
export function openHistoryBatches(store: ReadStore): HistoryBatches {
  const packed = createPackedHistoryRepository(store.read);
  const samples = createSampleReader(packed, createJournalChain(store));
  const read =
    (table: "history_hours" | "history_five_minutes", periodOf: (at: number) => number) =>
    async (
      deviceNos: readonly number[],
      { from, to }: Span,
      wanted: (deviceNo: number) => ReadonlySet<number>,
    ) => {
      const found = new Map<number, Averages[]>();
      if (deviceNos.length === 0) return found;
      for (const row of await packed.periods(table, deviceNos, periodOf(from), periodOf(to - 1))) {
        const { starts, columns } = sliceRollups(unpackRollups(row.bytes, wanted(row.device_no)), from, to);
        const values = [...columns].map(([id, { avg }]) => [id, unscaled(id, avg)] as const);
        const part = { times: starts, columns: new Map(values) };
        found.set(row.device_no, [...(found.get(row.device_no) ?? []), part]);
      }
      return found;
    };
  return {
    hours: read("history_hours", monthOf),
    fiveMinutes: read("history_five_minutes", dayOf),
    async newest(journalHead, { from, to }, column) {
      const { columns } = await samples.readUnpacked(journalHead, from, to);
      const known = (columns.get(column) ?? new Float64Array(0)).filter((value) => !Number.isNaN(value));
      if (known.length === 0) return Number.NaN;
      const sum = unscaled(column, known).reduce((total, value) => total + value, 0);
      return sum / known.length;
    },
  };
}

function unscaled(column: number, values: Float64Array): Float64Array {
  return values.map(unscaler(digitsOfColumn(column) ?? 0));
}
