import type { Alarm } from "@muster/shared/contracts/alarm.ts";
import { type MouseEvent, useMemo, useRef } from "react";
import { useTranslations } from "../../i18n/translations.tsx";
import { TickBox } from "../../ui/tick-box.tsx";
import type { Selection } from "../fleet/use-selection.ts";
import classes from "./alarm-grid.module.css";
import { AlarmRow } from "./alarm-row.tsx";
import { type ScrollMemory, useAlarmLines } from "./use-alarm-lines.ts";

export const ALARM_GRID_ID = "alarm-grid";
const COLUMNS = ["severity", "what", "device", "since", "state", "assignee"] as const;
const NONE: ReadonlySet<string> = new Set();
const ignore = () => undefined;

type AlarmGridProps = {
  label: string;
  alarms: readonly Alarm[];
  /** For a list with keys of its own; otherwise the links of its rows are in the tab order. */
  keys?: { gridId: string; activeId: string | null };
  /** Where the list was left, to come back to. */
  scroll?: ScrollMemory;
  hasDevice?: boolean;
  /** Left out where nothing can be selected. */
  selection?: Selection | null;
  left?: ReadonlySet<string>;
  hasMore?: boolean;
  onOpen: (id: string) => void;
};

/** Alarms in rows, of which only those in sight are drawn. */
export function AlarmGrid(props: AlarmGridProps) {
  const { label, alarms, keys, hasDevice = true, selection = null, left = NONE, hasMore = false } = props;
  const activeId = keys?.activeId ?? null;
  const bodyRef = useRef<HTMLDivElement>(null);
  const ids = useMemo(() => alarms.map(({ id }) => id), [alarms]);
  const { lines, heightPx, marginPx, measure } = useAlarmLines(ids, bodyRef, {
    activeId,
    scroll: props.scroll,
  });
  return (
    <div
      id={keys?.gridId}
      role="grid"
      tabIndex={keys ? 0 : -1}
      aria-label={label}
      aria-multiselectable={selection !== null}
      aria-rowcount={hasMore ? -1 : alarms.length + 1}
      aria-activedescendant={activeId === null ? undefined : `alarm-${activeId}`}
      className={classes.grid}
      data-selectable={selection !== null || undefined}
      data-deviceless={!hasDevice || undefined}
      onClick={(event) => openClicked(event, props.onOpen)}
      onKeyDown={(event) => {
        if (event.key !== "Enter" || activeId === null || event.target !== event.currentTarget) return;
        event.preventDefault();
        props.onOpen(activeId);
      }}
    >
      <Head alarms={alarms} selection={selection} />
      <div ref={bodyRef} role="rowgroup" className={classes.body} style={{ height: heightPx }}>
        {lines.map(({ index, start }) => {
          const alarm = alarms[index];
          return (
            alarm && (
              <AlarmRow
                key={alarm.id}
                alarm={alarm}
                index={index}
                topPx={start - marginPx}
                measure={measure}
                isActive={alarm.id === activeId}
                isSelected={selection?.isSelected(alarm.id) ?? null}
                hasLeft={left.has(alarm.id)}
                linkTabIndex={keys ? -1 : undefined}
                onSelect={selection?.toggle ?? ignore}
              />
            )
          );
        })}
      </div>
    </div>
  );
}

function Head({ alarms, selection }: { alarms: readonly Alarm[]; selection: Selection | null }) {
  const { t } = useTranslations();
  const isAll = selection !== null && alarms.length > 0 && alarms.every(({ id }) => selection.isSelected(id));
  return (
    <div role="row" aria-rowindex={1} className={classes.head}>
      {selection !== null && (
        <span role="columnheader" className={classes.select}>
          <TickBox
            isTicked={isAll}
            isMixed={selection.ids.size > 0 && !isAll}
            label={t("alarmPages.list.selectAll")}
            onChange={() =>
              isAll ? selection.replace([]) : selection.selectAllLoaded(alarms.map(({ id }) => id))
            }
          />
        </span>
      )}
      {COLUMNS.map((column) => (
        <span key={column} role="columnheader" data-column={column}>
          {t(`alarmPages.list.${column}`)}
        </span>
      ))}
    </div>
  );
}

function openClicked(event: MouseEvent, onOpen: (id: string) => void): void {
  if (!(event.target instanceof Element) || event.defaultPrevented) return;
  if (event.target.closest("a, input, button") || getSelection()?.isCollapsed === false) return;
  const id = event.target.closest<HTMLElement>("[data-alarm]")?.dataset.alarm;
  if (id !== undefined) onOpen(id);
}
