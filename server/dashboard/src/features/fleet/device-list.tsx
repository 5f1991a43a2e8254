import { Button, Loader } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useVirtualizer } from "@tanstack/react-virtual";
import { use, useDeferredValue, useEffect, useLayoutEffect, useRef, useState } from "react";
import { useTranslations } from "../../i18n/translations.tsx";
import { useFailureText } from "../../ui/use-failure-text.ts";
import { ScrollerContext } from "../shell/scroller-context.ts";
import classes from "./device-table.module.css";
import { DeviceCard, DeviceRow } from "./device-table.tsx";
import type { FleetList, FleetListSnapshot } from "./fleet-list.ts";
import listSkeletonClasses from "./list-skeleton.module.css";
import { TableHead } from "./table-head.tsx";
import { useSparklines } from "./trend.tsx";
import { columnGrid, type Columns } from "./use-columns.ts";
import type { Selection } from "./use-selection.ts";

const ROW_PX = { comfortable: 44, compact: 34, phone: 84 };
const CARD_PX = 212 + 12;
const CARD_MIN_WIDTH_PX = 290;
const LOAD_AHEAD = 40;

export type DeviceListProps = {
  list: FleetList;
  snapshot: FleetListSnapshot;
  view: "table" | "cards";
  columns: Columns;
  selection: Selection;
  activeId: string | null;
  onOpen: (id: string) => void;
  total: number | null;
};

/** Renders the visible rows or cards only. The next page is read before the end becomes visible. */
export function DeviceList(props: DeviceListProps) {
  const { t } = useTranslations();
  const { list, snapshot, view, columns, selection, activeId } = props;
  const { order, devices } = snapshot;
  const gridRef = useRef<HTMLDivElement>(null);
  const { virtualizer, lines, perLine, shownIds } = useLines(props, gridRef);
  useSidewaysMark(gridRef);
  const trends = useSparklines(shownIds);
  const grid = columnGrid(columns.columns);
  const rowProps = (id: string, index: number) => {
    const device = devices.get(id);
    return device
      ? {
          device,
          index,
          trend: trends.get(id),
          isActive: id === activeId,
          isSelected: selection.isSelected(id),
          onSelect: selection.toggle,
        }
      : null;
  };

  return (
    <div
      ref={gridRef}
      role="grid"
      tabIndex={0}
      id="device-grid"
      aria-label={t("fleet.list.label")}
      aria-multiselectable="true"
      aria-rowcount={snapshot.hasMore ? (props.total ?? -1) : order.length + 1}
      aria-activedescendant={activeId === null ? undefined : `device-${activeId}`}
      className={classes.grid}
      data-density={columns.layout.density}
      style={{
        "--grid-columns": grid.template,
        "--grid-min-width": view === "table" ? `${grid.minWidthPx}px` : "0",
        "--cards": perLine,
        "--row-height": `${ROW_PX[columns.layout.density]}px`,
      }}
      onClick={(event) => openClicked(event, props.onOpen)}
      onKeyDown={(event) => {
        if (event.key !== "Enter" || activeId === null || event.target !== event.currentTarget) return;
        // Handled here, so that the shortcut of the page does not open it again.
        event.preventDefault();
        props.onOpen(activeId);
      }}
    >
      {view === "table" && (
        <TableHead
          columns={columns.columns}
          resize={columns.resize}
          order={order}
          selection={selection}
          query={list.query}
        />
      )}
      <div role="rowgroup" className={classes.body} style={{ height: virtualizer.getTotalSize() }}>
        {lines.map((line) => {
          const topPx = line.start - virtualizer.options.scrollMargin;
          if (view === "table") {
            const row = rowProps(order[line.index] ?? "", line.index);
            return row && <DeviceRow key={row.device.id} {...row} columns={columns.columns} topPx={topPx} />;
          }
          const from = line.index * perLine;
          return (
            <div
              key={line.key}
              role="presentation"
              className={classes.cardRow}
              style={{ transform: `translateY(${topPx}px)` }}
            >
              {order.slice(from, from + perLine).map((id, offset) => {
                const card = rowProps(id, from + offset);
                return card && <DeviceCard key={id} {...card} />;
              })}
            </div>
          );
        })}
      </div>
      {snapshot.hasMore && <NextPage list={list} snapshot={snapshot} />}
    </div>
  );
}

/** The visible lines; a line is one row or as many cards as fit. Reads the next page, and keeps the active row visible. */
function useLines(props: DeviceListProps, gridRef: React.RefObject<HTMLElement | null>) {
  const { list, snapshot, view, activeId } = props;
  const { order } = snapshot;
  const scroller = use(ScrollerContext);
  const isPhone = useMediaQuery("(max-width: 720px)", false, { getInitialValueInEffect: false });
  const { marginPx, widthPx } = usePosition(gridRef, scroller);
  const perLine = view === "cards" ? Math.max(1, Math.floor((widthPx + 12) / (CARD_MIN_WIDTH_PX + 12))) : 1;
  const linePx = view === "cards" ? CARD_PX : isPhone ? ROW_PX.phone : ROW_PX[props.columns.layout.density];
  const headPx = view === "table" && !isPhone ? 36 : 0;

  const virtualizer = useVirtualizer({
    count: Math.ceil(order.length / perLine),
    getScrollElement: () => scroller,
    estimateSize: () => linePx,
    overscan: 10,
    useFlushSync: false,
    scrollMargin: marginPx + headPx,
    scrollPaddingStart: headPx,
    initialOffset: () => list.scrollTop(),
  });
  // Rows may come a few frames late, so that neither the first ones nor a fast scroll block the page.
  const lines = useDeferredValue(virtualizer.getVirtualItems());
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, linePx, perLine]);

  const firstShown = (lines[0]?.index ?? 0) * perLine;
  const lastShown = ((lines.at(-1)?.index ?? -1) + 1) * perLine;
  useEffect(() => {
    if (snapshot.phase !== "idle" || !snapshot.hasMore || snapshot.failure !== null) return;
    if (lastShown + LOAD_AHEAD >= order.length) void list.loadMore();
  }, [list, snapshot, lastShown, order.length]);

  useEffect(() => () => list.rememberScroll(virtualizer.scrollOffset ?? 0), [list, virtualizer]);

  useEffect(() => {
    const index = activeId === null ? -1 : order.indexOf(activeId);
    if (index >= 0) virtualizer.scrollToIndex(Math.floor(index / perLine), { align: "auto" });
    // Only a move of the active row scrolls; a row that moves under it does not.
    // oxlint-disable-next-line react/exhaustive-deps -- see above
  }, [activeId]);
  return { virtualizer, lines, perLine, shownIds: order.slice(firstShown, lastShown) };
}

/** The end of the loaded rows: the next page is loading, or failed. */
function NextPage({ list, snapshot }: Pick<DeviceListProps, "list" | "snapshot">) {
  const { t } = useTranslations();
  const failureText = useFailureText();
  return (
    <div className={classes.end}>
      {snapshot.failure !== null && snapshot.order.length > 0 ? (
        <>
          <span>{failureText(snapshot.failure)}</span>
          <Button size="xs" variant="default" onClick={() => void list.loadMore()}>
            {t("shell.action.retry")}
          </Button>
        </>
      ) : (
        <Loader size={18} aria-label={t("fleet.list.loadingMore")} />
      )}
    </div>
  );
}

/** Where the grid begins inside the scrolling area, and how wide it is. */
function usePosition(gridRef: React.RefObject<HTMLElement | null>, scroller: HTMLElement | null) {
  const [position, setPosition] = useState({ marginPx: 0, widthPx: 1_200 });
  useLayoutEffect(() => {
    const grid = gridRef.current;
    if (!grid || !scroller) return;
    const measure = () => {
      const marginPx = Math.round(
        grid.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop,
      );
      const widthPx = grid.clientWidth;
      setPosition((known) =>
        known.marginPx === marginPx && known.widthPx === widthPx ? known : { marginPx, widthPx },
      );
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(scroller);
    for (const sibling of grid.parentElement?.children ?? []) if (sibling !== grid) observer.observe(sibling);
    return () => observer.disconnect();
  }, [gridRef, scroller]);
  return position;
}

/** Marks the grid while it is scrolled sideways, without rendering it again. */
function useSidewaysMark(gridRef: React.RefObject<HTMLElement | null>): void {
  const scroller = use(ScrollerContext);
  useEffect(() => {
    const grid = gridRef.current;
    if (!grid || !scroller) return;
    const mark = () => grid.toggleAttribute("data-scrolled", scroller.scrollLeft > 0);
    mark();
    scroller.addEventListener("scroll", mark, { passive: true });
    return () => scroller.removeEventListener("scroll", mark);
  }, [gridRef, scroller]);
}

function openClicked(event: React.MouseEvent, onOpen: (id: string) => void): void {
  if (!(event.target instanceof Element) || event.defaultPrevented) return;
  if (event.target.closest("a, input, button") || getSelection()?.isCollapsed === false) return;
  const id = event.target.closest<HTMLElement>("[data-device]")?.dataset.device;
  if (id !== undefined) onOpen(id);
}

const ROWS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];

/** Stands for the rows during the first load only. */
export function ListSkeleton() {
  const { t } = useTranslations();
  return (
    <div className={listSkeletonClasses.skeleton} role="status" aria-label={t("shell.state.loading")}>
      {ROWS.map((row) => (
        <i key={row} />
      ))}
    </div>
  );
}
