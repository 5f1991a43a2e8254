import type { Sample } from "@muster/shared/contracts/metric.ts";
import type { Database } from "better-sqlite3";
import { encodeFigures } from "./journal-figures.ts";

/**
 * What ingest appends for one report that carries samples: in the lane `live` one, in `backfill` many. Their times are already
 * corrected by the device's clock offset and within range; oldest first, at least one.
 */
export type JournalEntry = {
  deviceNo: number;
  receivedAt: number;
  samples: readonly [Sample, ...Sample[]];
  /** `device_state.journal_head` before this report: the id of the device's newest row, null for its first. */
  previous: number | null;
};

/** A row of the table `journal`. `at` is the time of the first sample. Ids are never used twice. */
export type JournalRow = {
  id: number;
  device_no: number;
  at: number;
  received_at: number;
  previous: number | null;
  figures: Buffer;
};

/** A row without its id. */
export function journalRow({
  deviceNo,
  receivedAt,
  samples,
  previous,
}: JournalEntry): Omit<JournalRow, "id"> {
  return {
    device_no: deviceNo,
    at: samples[0].at,
    received_at: receivedAt,
    previous,
    figures: encodeFigures(samples),
  };
}

/** Appends to the journal of a SQLite database. */
export type SqliteJournal = {
  /**
   * Appends a row and returns its id, which becomes the device's `journal_head`. Call it inside the transaction that writes
   * the device's state, on the same connection; two reports of one device in one group chain one to the other.
   */
  append(entry: JournalEntry): number;
};

export function createSqliteJournal(writer: Database): SqliteJournal {
  const insert = writer.prepare<[number, number, number, number, number | null, Buffer]>(
    "insert into journal (id, device_no, at, received_at, previous, figures) values (?, ?, ?, ?, ?, ?)",
  );
  // Packing empties the table, so the highest id that was ever given out is kept beside it.
  const highest = writer
    .prepare<[], number>(
      "select max(packed_through, (select coalesce(max(id), 0) from journal)) from history_packing",
    )
    .pluck();
  let lastId: number | null = null;

  return {
    append(entry) {
      lastId ??= highest.get() ?? 0;
      lastId += 1;
      const row = journalRow(entry);
      insert.run(lastId, row.device_no, row.at, row.received_at, row.previous, row.figures);
      return lastId;
    },
  };
}
