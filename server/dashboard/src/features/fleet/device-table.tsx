import type { DeviceSummary } from "@muster/shared/contracts/device.ts";
import { HEALTH_METRICS, POINTS_LOST_ABOVE } from "@muster/shared/health/score-formula.ts";
import { ArrowDown, ArrowUp } from "lucide-react";
import { memo } from "react";
import { useFormats, useTranslations } from "../../i18n/translations.tsx";
import { Meter } from "../../ui/meter.tsx";
import { TickBox } from "../../ui/tick-box.tsx";
import deviceCardClasses from "./device-card.module.css";
import { LastReportCell, NameCell, ReasonCell, ScoreCell, UserCell } from "./device-cells.tsx";
import classes from "./device-table.module.css";
import type { FleetColumn } from "./fleet-columns.tsx";
import type { FleetQuery } from "./fleet-query.ts";
import { hasCurrentMetrics } from "./device-state.ts";
import { type Trend, TrendCell } from "./trend.tsx";
import { useFleetQuery } from "./use-fleet-query.ts";
import type { Selection } from "./use-selection.ts";

export type DeviceRowProps = {
  device: DeviceSummary;
  columns: readonly FleetColumn[];
  trend: Trend;
  index: number;
  topPx: number;
  isActive: boolean;
  isSelected: boolean;
  onSelect: (id: string) => void;
};

/** One device of the table. It renders again only when the device itself changed. */
export const DeviceRow = memo(function DeviceRow(props: DeviceRowProps) {
  const { t } = useTranslations();
  const { device, columns, trend, index, topPx, isActive, isSelected, onSelect } = props;
  return (
    <div
      id={`device-${device.id}`}
      role="row"
      tabIndex={-1}
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      data-device={device.id}
      data-active={isActive || undefined}
      className={classes.row}
      style={{ transform: `translateY(${topPx}px)` }}
    >
      <span role="gridcell" className={classes.select}>
        <TickBox
          tabIndex={-1}
          isTicked={isSelected}
          label={t("fleet.row.select", { name: device.name })}
          onChange={() => onSelect(device.id)}
        />
      </span>
      {columns.map(({ id, cell }) => (
        <span key={id} role="gridcell" data-column={id} className={classes.cell}>
          {cell({ device, trend })}
        </span>
      ))}
    </div>
  );
});

type TableHeadProps = {
  columns: readonly FleetColumn[];
  order: readonly string[];
  selection: Selection;
  query: FleetQuery;
};

/** Names of the columns; pressing one sorts by it, pressing it again reverses the order. */
export function TableHead({ columns, order, selection, query }: TableHeadProps) {
  const { t } = useTranslations();
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

type DeviceCardProps = {
  device: DeviceSummary;
  trend: Trend;
  index: number;
  isActive: boolean;
  isSelected: boolean;
  onSelect: (id: string) => void;
};

/** One device as a card: the same as a row, with meters. */
export const DeviceCard = memo(function DeviceCard(props: DeviceCardProps) {
  const { t } = useTranslations();
  const formats = useFormats();
  const { device, trend, index, isActive, isSelected, onSelect } = props;
  return (
    <div
      id={`device-${device.id}`}
      role="row"
      tabIndex={-1}
      aria-rowindex={index + 1}
      aria-selected={isSelected}
      data-device={device.id}
      data-active={isActive || undefined}
      className={deviceCardClasses.card}
    >
      <div role="gridcell" className={deviceCardClasses.head}>
        <TickBox
          tabIndex={-1}
          isTicked={isSelected}
          label={t("fleet.row.select", { name: device.name })}
          onChange={() => onSelect(device.id)}
        />
        <NameCell device={device} />
        <ScoreCell device={device} />
      </div>
      <div role="gridcell" className={deviceCardClasses.reason}>
        <ReasonCell device={device} />
      </div>
      <div
        role="gridcell"
        className={deviceCardClasses.meters}
        data-old={!hasCurrentMetrics(device) || undefined}
      >
        {HEALTH_METRICS.map((metric) => {
          const percent = device.metrics[metric];
          const label = t(`states.metric.${metric}`);
          return (
            <span key={metric} className={deviceCardClasses.meter}>
              <span aria-hidden="true">{label}</span>
              <Meter
                percent={percent}
                text={percent === undefined ? "–" : formats.percent(percent)}
                label={label}
                from={POINTS_LOST_ABOVE[metric]}
              />
            </span>
          );
        })}
        <span className={deviceCardClasses.meter}>
          <span aria-hidden="true">{t("fleet.columns.trend")}</span>
          <TrendCell trend={trend} />
        </span>
      </div>
      <div role="gridcell" className={deviceCardClasses.foot}>
        <bdi title={device.customer ?? undefined}>
          {[device.customer, t(`states.os.${device.osFamily}`)].filter((part) => part !== null).join(" · ")}
        </bdi>
        <UserCell device={device} />
        <LastReportCell device={device} />
      </div>
    </div>
  );
});
