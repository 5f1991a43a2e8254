import type { Dialect } from "../../platform/database/store.ts";
import type { IntervalEdit } from "./plan-interval.ts";

/** A statement as the drivers of both databases take it. */
export type Statement = { sql: string; parameters: (string | number | null)[] };

/** The two newest intervals of a device, newest first. */
export function newestIntervals(dialect: Dialect, deviceNo: number): Statement {
  return statement(
    dialect,
    `select started_at, ended_at, state, reason from presence_intervals
     where device_no = ? order by started_at desc limit 2`,
    [deviceNo],
  );
}

/** The statements of the edits of a device. */
export function intervalStatements(
  dialect: Dialect,
  deviceNo: number,
  edits: readonly IntervalEdit[],
): Statement[] {
  return edits.flatMap((edit) =>
    partsOf(deviceNo, edit).map(({ sql, parameters }) => statement(dialect, sql, parameters)),
  );
}

function partsOf(deviceNo: number, edit: IntervalEdit): Statement[] {
  switch (edit.kind) {
    case "remove":
      return [
        {
          sql: "delete from presence_intervals where device_no = ? and started_at = ?",
          parameters: [deviceNo, edit.startedAt],
        },
      ];
    case "end":
      return [
        {
          sql: "update presence_intervals set ended_at = ? where device_no = ? and started_at = ?",
          parameters: [edit.at, deviceNo, edit.startedAt],
        },
      ];
    case "open":
      return [
        {
          sql: `insert into presence_intervals (device_no, started_at, ended_at, state, reason) values (?, ?, null, ?, ?)
                on conflict (device_no, started_at) do update set ended_at = null, state = excluded.state, reason = excluded.reason`,
          parameters: [deviceNo, edit.startedAt, edit.state, edit.reason],
        },
      ];
    case "mark":
      return [
        {
          sql: `insert into availability_marks (device_no, recorded_since, next_day) values (?, ?, ?)
                on conflict (device_no) do nothing`,
          parameters: [deviceNo, edit.startedAt, edit.day],
        },
      ];
    case "unfinish":
      return [
        {
          sql: "update availability_marks set next_day = ? where device_no = ? and next_day > ?",
          parameters: [edit.day, deviceNo, edit.day],
        },
      ];
  }
}

/** SQLite counts its placeholders itself, PostgreSQL wants numbers. */
function statement(dialect: Dialect, sql: string, parameters: Statement["parameters"]): Statement {
  if (dialect === "sqlite") return { sql, parameters };
  let number = 0;
  return { sql: sql.replaceAll("?", () => `$${(number += 1)}`), parameters };
}
