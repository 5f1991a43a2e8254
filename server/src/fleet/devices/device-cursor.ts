import type { DeviceListQuery, DeviceSort } from "@muster/shared/contracts/device.ts";
import { Id } from "@muster/shared/ids.ts";
import { z } from "zod";
import { MusterError } from "../../platform/errors.ts";

/** Where a page ended: the value that the list is ordered by, then name and id, which make every place unique. */
export type ListPosition = { sortKey: string | number; nameSort: string; id: string };

type Ordering = Pick<DeviceListQuery, "sort" | "order">;

const storable = z.string().refine((value) => value.isWellFormed() && !value.includes("\0"));
/** What each order's first value is; a database takes no other kind for it. */
const SORT_KEYS = {
  attention: z.int(),
  name: storable,
  score: z.int(),
  cpu: z.number(),
  memory: z.number(),
  disk: z.number(),
  lastReport: z.int(),
  customer: storable,
} satisfies Record<DeviceSort, z.ZodType>;

/** Writes the place after which the next page begins; opaque to whoever is given it. */
export function writeCursor(
  ordering: Ordering,
  sortKey: string | number,
  nameSort: string,
  id: string,
): string {
  const cursor = [ordering.sort, ordering.order, sortKey, nameSort, id];
  return Buffer.from(JSON.stringify(cursor)).toString("base64url");
}

/** Reads what `writeCursor` wrote. Throws `bad-request` for anything else, and for a list that is ordered otherwise. */
export function readCursor(cursor: string, { sort, order }: Ordering): ListPosition {
  const schema = z.tuple([z.literal(sort), z.literal(order), SORT_KEYS[sort], storable, Id]);
  const read = schema.safeParse(parseJson(Buffer.from(cursor, "base64url").toString()));
  if (!read.success) {
    throw new MusterError("bad-request", "The cursor is not one that this list gave out.", {
      details: [{ path: "cursor", message: "must be the nextCursor of a page with the same order" }],
    });
  }
  const [, , sortKey, nameSort, id] = read.data;
  return { sortKey, nameSort, id };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
