import { Id } from "@muster/shared/ids.ts";
import { z } from "zod";
import { MusterError } from "../../platform/errors.ts";

/** Where a page of customers ended. */
export type CustomerPosition = { nameSort: string; id: string };

const Cursor = z.tuple([z.string().refine((key) => key.isWellFormed() && !key.includes("\0")), Id]);

/** Writes the position after which the next page begins; opaque to clients. */
export function writeCustomerCursor({ nameSort, id }: CustomerPosition): string {
  return Buffer.from(JSON.stringify([nameSort, id])).toString("base64url");
}

/** Reads what `writeCustomerCursor` wrote. Throws `bad-request` for anything else. */
export function readCustomerCursor(cursor: string): CustomerPosition {
  const read = Cursor.safeParse(parseJson(Buffer.from(cursor, "base64url").toString()));
  if (read.success) return { nameSort: read.data[0], id: read.data[1] };
  throw new MusterError("bad-request", "The cursor does not belong to this list.", {
    details: [{ path: "cursor", message: "must be the nextCursor of an earlier page" }],
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
