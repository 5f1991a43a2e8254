import type { Database } from "better-sqlite3";
import { type JournalEntry, journalRow } from "./journal.ts";

/** Appends to the journal of a SQLite database. */
export type SqliteJournal = {
  /**
   * Appends a row and returns its id, which becomes the device's `journal_head`. Call it inside the transaction that writes
   * the device's state, on the same connection; two reports of one device in one group are linked to each other.
   */
  append(entry: JournalEntry): number;
};

export function createSqliteJournal(writer: Database): SqliteJournal {
  const insert = writer.prepare<[number, number, number, number, number | null, Buffer]>(
    "insert into journal (id, device_no, at, received_at, previous, samples) values (?, ?, ?, ?, ?, ?)",
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
      insert.run(lastId, row.device_no, row.at, row.received_at, row.previous, row.samples);
      return lastId;
    },
  };
}
