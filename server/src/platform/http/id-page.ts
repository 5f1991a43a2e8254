import { Id } from "@muster/shared/ids.ts";
import { MusterError } from "../errors.ts";

/** A page of a list: the newest `limit` rows with ids below `before`. */
export type IdPage = { limit: number; before: string | null };

/** Reads the cursor of a list ordered by id, newest first. Throws `bad-request` for an invalid one. */
export function readIdPage(query: { limit: number; cursor?: string | undefined }): IdPage {
  if (query.cursor === undefined) return { limit: query.limit, before: null };
  const id = Id.safeParse(query.cursor);
  if (!id.success) {
    throw new MusterError("bad-request", "The cursor is not one that this list returned.", {
      details: [{ path: "cursor", message: "must be the nextCursor of an earlier page" }],
    });
  }
  return { limit: query.limit, before: id.data };
}

/** Makes a page of rows. One row more than `limit` must have been read: it tells whether there is a next page. */
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
