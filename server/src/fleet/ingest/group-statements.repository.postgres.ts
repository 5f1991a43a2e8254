import type { JournalRow } from "../history/journal.ts";
import { DEVICE_COLUMNS, STATE_COLUMNS, type StateColumns } from "./ingest-row.ts";

export type StateWrite = StateColumns & { device_no: number; version: number; journal_head: number | null };

const KEY_COLUMNS = ["device_no", "version", "journal_head"] as const;
const WRITTEN_COLUMNS = [...KEY_COLUMNS, ...STATE_COLUMNS] as const;
const TEXT_COLUMNS: ReadonlySet<string> = new Set([
  "live_epoch",
  "live_digest",
  "backfill_epoch",
  "backfill_digest",
  "epochs",
  "boot_id",
  "previous_boots",
  "status",
  "watch_state",
]);
const REAL_COLUMNS: ReadonlySet<string> = new Set(["cpu", "memory", "disk"]);
const JOURNAL_COLUMNS = ["id", "device_no", "at", "received_at", "previous"] as const;

/** $1: ids of devices. Each row also has what all servers share: the credentials' epoch and the presence clock. */
export const READ_ROWS = `
  select s.device_no, s.version, s.journal_head, s.org_id,
    ${STATE_COLUMNS.map((name) => `s.${name}`).join(", ")},
    ${DEVICE_COLUMNS.map((name) => `d.${name}`).join(", ")},
    (select epoch from auth_epoch where id = 1) as epoch,
    (select observed_ms from presence_clock where id = 1) as observed_ms
  from devices d join device_state s on s.device_no = d.device_no
  where d.id = any($1::text[])`;

/**
 * Parallel arrays of state columns, then of journal columns, then the epoch under which the credentials were accepted. Writes the
 * state of devices that are still at the version that was read, appends their samples, and returns their numbers.
 */
export const WRITE_GROUP = `
  with incoming as (
    select * from unnest(${WRITTEN_COLUMNS.map((name, index) => `$${index + 1}::${typeOf(name)}[]`).join(", ")})
      as incoming(${WRITTEN_COLUMNS.join(", ")})
  ), written as (
    update device_state s
    set version = s.version + 1, journal_head = i.journal_head,
      ${STATE_COLUMNS.map((name) => `${name} = i.${name}`).join(", ")}
    from incoming i
    where s.device_no = i.device_no and s.version = i.version
      and (select epoch from auth_epoch where id = 1) = $${WRITTEN_COLUMNS.length + JOURNAL_COLUMNS.length + 2}::bigint
    returning s.device_no
  ), appended as (
    insert into journal (${JOURNAL_COLUMNS.join(", ")}, samples)
    select j.* from unnest(${JOURNAL_COLUMNS.map((_, index) => `$${WRITTEN_COLUMNS.length + index + 1}::bigint[]`).join(", ")},
      $${WRITTEN_COLUMNS.length + JOURNAL_COLUMNS.length + 1}::bytea[]) as j(${JOURNAL_COLUMNS.join(", ")}, samples)
    join written w on w.device_no = j.device_no
  )
  select device_no from written`;

/** The parameters of `WRITE_GROUP`. */
export function writeParameters(
  states: readonly StateWrite[],
  journalRows: readonly JournalRow[],
  epoch: number,
): unknown[] {
  return [
    ...WRITTEN_COLUMNS.map((name) => arrayLiteral(states.map((state) => state[name]))),
    ...JOURNAL_COLUMNS.map((name) => arrayLiteral(journalRows.map((row) => row[name]))),
    journalRows.map(({ samples }) => samples),
    epoch,
  ];
}

/** An array as PostgreSQL reads it: its texts in quotes, with a backslash before what would end them. */
function arrayLiteral(values: readonly (string | number | null)[]): string {
  const items = values.map((value) => {
    if (value === null) return "null";
    return typeof value === "number" ? value : `"${value.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
  });
  return `{${items.join(",")}}`;
}

function typeOf(name: string): string {
  if (TEXT_COLUMNS.has(name)) return "text";
  return REAL_COLUMNS.has(name) ? "float8" : "bigint";
}
