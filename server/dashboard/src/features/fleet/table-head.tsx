import { ArrowDown, ArrowUp } from "lucide-react";
import { useWords } from "../../i18n/words.tsx";
import { TickBox } from "../../ui/tick-box.tsx";
import type { FleetColumn } from "./fleet-columns.tsx";
import classes from "./device-table.module.css";
import type { FleetQuery } from "./fleet-query.ts";
import { useFleetQuery } from "./use-fleet-query.ts";
import type { Selection } from "./use-selection.ts";

type TableHeadProps = {
  columns: readonly FleetColumn[];
  order: readonly string[];
  selection: Selection;
  query: FleetQuery;
};

/** Names of the columns; pressing one sorts by it, pressing it again turns the order around. */
export function TableHead({ columns, order, selection, query }: TableHeadProps) {
  const { t } = useWords();
  const { change } = useFleetQuery();
  const isAll = order.length > 0 && order.every((id) => selection.ids.has(id));
  return (
    <div role="row" aria-rowindex={1} className={classes.head}>
      <span role="columnheader" className={classes.select}>
        <TickBox
          isTicked={isAll}
          isMixed={selection.ids.size > 0 && !isAll}
          label={t("fleet.row.selectAll")}
          onChange={() => selection.replace(isAll ? [] : order)}
        />
      </span>
      {columns.map(({ id, sort }) => {
        const isSorted = sort?.by === query.sort;
        const Arrow = query.order === "asc" ? ArrowUp : ArrowDown;
        return (
          <span
            key={id}
            role="columnheader"
            aria-sort={isSorted ? (query.order === "asc" ? "ascending" : "descending") : undefined}
          >
            {sort ? (
              <button
                type="button"
                onClick={() =>
                  change({ sort: sort.by, order: isSorted && query.order === "asc" ? "desc" : "asc" })
                }
              >
                {t(`fleet.columns.${id}`)}
                {isSorted && <Arrow size={12} aria-hidden="true" />}
              </button>
            ) : (
              t(`fleet.columns.${id}`)
            )}
          </span>
        );
      })}
    </div>
  );
}
