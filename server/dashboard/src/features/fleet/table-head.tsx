import { ArrowDown, ArrowUp } from "lucide-react";
import { type KeyboardEvent, type PointerEvent, useRef } from "react";
import { useTranslations } from "../../i18n/translations.tsx";
import { TickBox } from "../../ui/tick-box.tsx";
import classes from "./device-table.module.css";
import type { FleetQuery } from "./fleet-query.ts";
import headClasses from "./table-head.module.css";
import { type Columns, MAX_COLUMN_PX, MIN_COLUMN_PX, type ShownColumn } from "./use-columns.ts";
import { useFleetQuery } from "./use-fleet-query.ts";
import type { Selection } from "./use-selection.ts";

type TableHeadProps = {
  columns: readonly ShownColumn[];
  resize: Columns["resize"];
  order: readonly string[];
  selection: Selection;
  query: FleetQuery;
};

/** Names of the columns; pressing one sorts by it, pressing it again reverses the order. The right edge of each changes its width. */
export function TableHead({ columns, resize, order, selection, query }: TableHeadProps) {
  const { t } = useTranslations();
  const { change } = useFleetQuery();
  const isAll = order.length > 0 && order.every((id) => selection.isSelected(id));
  return (
    <div role="row" aria-rowindex={1} className={classes.head}>
      <span role="columnheader" className={classes.select}>
        <TickBox
          isTicked={isAll}
          isMixed={selection.ids.size > 0 && !isAll}
          label={t("fleet.row.selectAll")}
          onChange={() => (isAll ? selection.replace([]) : selection.selectAllLoaded(order))}
        />
      </span>
      {columns.map((column) => {
        const { id, sort } = column;
        const isSorted = sort?.by === query.sort;
        const Arrow = query.order === "asc" ? ArrowUp : ArrowDown;
        return (
          <span
            key={id}
            role="columnheader"
            data-column={id}
            className={headClasses.heading}
            aria-sort={isSorted ? (query.order === "asc" ? "ascending" : "descending") : undefined}
          >
            {sort ? (
              <button
                type="button"
                onClick={() =>
                  change({ sort: sort.by, order: isSorted && query.order === "asc" ? "desc" : "asc" })
                }
              >
                <span className={headClasses.name}>{t(`fleet.columns.${id}`)}</span>
                {isSorted && <Arrow size={12} aria-hidden="true" />}
              </button>
            ) : (
              <span className={headClasses.name}>{t(`fleet.columns.${id}`)}</span>
            )}
            <WidthHandle column={column} resize={resize} />
          </span>
        );
      })}
    </div>
  );
}

const STEP_PX = 16;

/** Dragging it or the arrow keys change the width of a column; a double click or Enter gives it its own width again. */
function WidthHandle({ column, resize }: { column: ShownColumn; resize: Columns["resize"] }) {
  const { t } = useTranslations();
  const drag = useRef<{ fromX: number; fromPx: number } | null>(null);
  const { id, minPx, widthPx } = column;

  function onPointerDown(event: PointerEvent<HTMLElement>): void {
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { fromX: event.clientX, fromPx: widthOf(event.currentTarget, minPx) };
  }
  function onPointerMove(event: PointerEvent<HTMLElement>): void {
    if (drag.current) resize(id, drag.current.fromPx + event.clientX - drag.current.fromX);
  }
  function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
    const step = event.key === "ArrowLeft" ? -STEP_PX : event.key === "ArrowRight" ? STEP_PX : null;
    if (step === null && event.key !== "Enter") return;
    event.preventDefault();
    event.stopPropagation();
    resize(id, step === null ? null : widthOf(event.currentTarget, minPx) + step);
  }
  return (
    <span
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={t("fleet.layout.width", { column: t(`fleet.columns.${id}`) })}
      aria-valuenow={widthPx ?? minPx}
      aria-valuemin={MIN_COLUMN_PX}
      aria-valuemax={MAX_COLUMN_PX}
      title={t("fleet.layout.width", { column: t(`fleet.columns.${id}`) })}
      className={headClasses.handle}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onLostPointerCapture={() => {
        drag.current = null;
      }}
      onDoubleClick={() => resize(id, null)}
      onKeyDown={onKeyDown}
    />
  );
}

/** The width of the column that a handle belongs to, without what its heading covers of the gaps. */
function widthOf(handle: Element, fallbackPx: number): number {
  const heading = handle.parentElement;
  if (!heading) return fallbackPx;
  const { paddingLeft, paddingRight } = getComputedStyle(heading);
  return (
    heading.getBoundingClientRect().width - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight)
  );
}
