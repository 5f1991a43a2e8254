import { Id } from "@muster/shared/ids.ts";
import { MusterError } from "../errors.ts";

/** Where a page of a list begins: the newest `limit` rows whose id is below `before`. */
export type IdPage = { limit: number; before: string | null };

/** Reads the cursor of a list ordered by id, newest first. Throws `bad-request` for one that no page gave out. */
export function readIdPage(query: { limit: number; cursor?: string | undefined }): IdPage {
  if (query.cursor === undefined) return { limit: query.limit, before: null };
  const id = Id.safeParse(query.cursor);
  if (!id.success) {
    throw new MusterError("bad-request", "The cursor is not one that this list gave out.", {
      details: [{ path: "cursor", message: "must be the nextCursor of an earlier page" }],
    });
  }
  return { limit: query.limit, before: id.data };
}

/** Makes a page of rows that were read with one more than `limit`, so that the last page is known as such. */
export function toIdPage<Row extends { id: string }, Item>(
  rows: readonly Row[],
  limit: number,
  toItem: (row: Row) => Item,
): { items: Item[]; nextCursor: string | null } {
  const shown = rows.slice(0, limit);
  return {
    items: shown.map(toItem),
    nextCursor: rows.length > limit ? (shown.at(-1)?.id ?? null) : null,
  };
}
