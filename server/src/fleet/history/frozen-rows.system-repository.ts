import type { Kysely } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";
import type { FrozenRange } from "./frozen-range.ts";
import type { JournalRow } from "./journal.ts";

export type FrozenRow = Pick<JournalRow, "id" | "device_no" | "at" | "received_at" | "samples">;

/** Reads the rows of a frozen range, of all organizations. */
export type FrozenRows = {
  /** The number of rows and the highest device number; -1 when there is none. */
  measure(): Promise<{ rows: number; last: number }>;
  /** Rows of the devices [first, last], in no order. */
  read(first: number, last: number): Promise<FrozenRow[]>;
};

export function createFrozenRows(db: Kysely<Tables>, { bound, after, through }: FrozenRange): FrozenRows {
  const rows = db.selectFrom("journal").where(bound, ">", after).where(bound, "<=", through);
  return {
    async measure() {
      const found = await rows
        .select(({ fn }) => [fn.countAll<number>().as("rows"), fn.max("device_no").as("last")])
        .executeTakeFirstOrThrow();
      return { rows: found.rows, last: found.last ?? -1 };
    },
    read: (first, last) =>
      rows
        .select(["id", "device_no", "at", "received_at", "samples"])
        .where("device_no", ">=", first)
        .where("device_no", "<=", last)
        .execute(),
  };
}
