import type { DeviceListQuery, DeviceSort } from "@muster/shared/contracts/device.ts";
import { Id } from "@muster/shared/ids.ts";
import { z } from "zod";
import { MusterError } from "../../platform/errors.ts";

/** Where a page ended: the sort key of the list, then name and id, which make the position unique. */
export type ListPosition = { sortKey: string | number; nameSort: string; id: string };

type Ordering = Pick<DeviceListQuery, "sort" | "order">;

const storable = z.string().refine((value) => value.isWellFormed() && !value.includes("\0"));
/** The type of each sort key; the database accepts no other. */
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

/** Writes the position after which the next page begins; opaque to clients. */
export function writeCursor(
  ordering: Ordering,
  sortKey: string | number,
  nameSort: string,
  id: string,
): string {
  const cursor = [ordering.sort, ordering.order, sortKey, nameSort, id];
  return Buffer.from(JSON.stringify(cursor)).toString("base64url");
}

/** Reads what `writeCursor` wrote. Throws `bad-request` for anything else, and for a cursor of another order. */
export function readCursor(cursor: string, { sort, order }: Ordering): ListPosition {
  const schema = z.tuple([z.literal(sort), z.literal(order), SORT_KEYS[sort], storable, Id]);
  const read = schema.safeParse(parseJson(Buffer.from(cursor, "base64url").toString()));
  if (!read.success) {
    throw new MusterError("bad-request", "The cursor does not belong to this list.", {
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
