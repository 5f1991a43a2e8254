import type { DeviceSummary } from "@muster/shared/contracts/device.ts";
import { HEALTH_METRICS } from "@muster/shared/health/score-formula.ts";
import { memo } from "react";
import { useFormats, useTranslations } from "../../i18n/translations.tsx";
import { Meter } from "../../ui/meter.tsx";
import { TickBox } from "../../ui/tick-box.tsx";
import { CustomerLink } from "../customers/customer-link.tsx";
import deviceCardClasses from "./device-card.module.css";
import { LastReportCell, NameCell, ReasonCell, ScoreCell, TagsCell, UserCell } from "./device-cells.tsx";
import classes from "./device-table.module.css";
import { hasCurrentMetrics } from "./device-state.ts";
import { type Trend, TrendCell } from "./trend.tsx";
import type { ShownColumn } from "./use-columns.ts";

export type DeviceRowProps = {
  device: DeviceSummary;
  columns: readonly ShownColumn[];
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
                metric={metric}
                percent={percent}
                text={percent === undefined ? "–" : formats.percent(percent)}
                label={label}
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
        <span>
          {device.customer !== null && (
            <>
              <CustomerLink device={device} isInRow />
              {" · "}
            </>
          )}
          {t(`states.os.${device.osFamily}`)}
          {device.tags.length > 0 && " · "}
          <TagsCell device={device} />
        </span>
        <UserCell device={device} />
        <LastReportCell device={device} />
      </div>
    </div>
  );
});
