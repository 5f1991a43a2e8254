import type { ReactNode } from "react";
import classes from "./data-table.module.css";

export type DataColumn<Row> = {
  name: string;
  label: string;
  cell: (row: Row) => ReactNode;
  isNumber?: boolean;
};

type DataTableProps<Row> = {
  label: string;
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  columns: readonly DataColumn<Row>[];
};

/** A short table; on a phone each row becomes a block of named values. */
export function DataTable<Row>({ label, rows, rowKey, columns }: DataTableProps<Row>) {
  return (
    <div className={classes.frame}>
      <table className={classes.table} aria-label={label}>
        <thead>
          <tr>
            {columns.map(({ name, label: heading, isNumber }) => (
              <HeadCell key={name} label={heading} isNumber={isNumber} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)}>
              {columns.map(({ name, label: heading, cell, isNumber }) => (
                <td key={name} data-label={heading} data-number={isNumber || undefined}>
                  <bdi>{cell(row)}</bdi>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function HeadCell({ label, isNumber }: { label: string; isNumber: boolean | undefined }) {
  // oxlint-disable-next-line jsx-a11y/control-has-associated-label -- no control: it stands over buttons that name themselves
  if (label === "") return <td />;
  return (
    <th scope="col" data-number={isNumber || undefined}>
      {label}
    </th>
  );
}
