import type { AlarmListQuery } from "@muster/shared/contracts/alarm.ts";
import { Id } from "@muster/shared/ids.ts";
import { z } from "zod";
import { MusterError } from "../../platform/errors.ts";
import type { AlarmRow } from "./alarms.tables.ts";

/** Where a page ended: the severity for an order by severity, otherwise 0, then the time and the id. */
export type AlarmPosition = { rank: number; at: number; id: string };

type Ordering = Pick<AlarmListQuery, "sort" | "order">;

export function positionOf(row: AlarmRow, { sort }: Pick<Ordering, "sort">): AlarmPosition {
  const { id, severity_rank, opened_at, ended_at } = row;
  if (sort === "severity") return { rank: severity_rank, at: opened_at, id };
  return { rank: 0, at: sort === "ended" ? (ended_at ?? 0) : opened_at, id };
}

/** Writes the position after which the next page begins; opaque to clients. */
export function writeAlarmCursor({ sort, order }: Ordering, { rank, at, id }: AlarmPosition): string {
  return Buffer.from(JSON.stringify([sort, order, rank, at, id])).toString("base64url");
}

/** Reads what `writeAlarmCursor` wrote. Throws `bad-request` for anything else, and for a cursor of another order. */
export function readAlarmCursor(cursor: string, { sort, order }: Ordering): AlarmPosition {
  const schema = z.tuple([z.literal(sort), z.literal(order), z.int(), z.int(), Id]);
  const read = schema.safeParse(parseJson(Buffer.from(cursor, "base64url").toString()));
  if (!read.success) {
    throw new MusterError("bad-request", "The cursor does not belong to this list.", {
      details: [{ path: "cursor", message: "must be the nextCursor of a page with the same order" }],
    });
  }
  const [, , rank, at, id] = read.data;
  return { rank, at, id };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
