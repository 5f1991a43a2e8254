import type { DeviceSummary } from "@muster/shared/contracts/device.ts";
import { HEALTH_METRICS, POINTS_LOST_ABOVE } from "@muster/shared/health/score-formula.ts";
import { memo } from "react";
import { useFormats, useWords } from "../../i18n/words.tsx";
import { Meter } from "../../ui/meter.tsx";
import { TickBox } from "../../ui/tick-box.tsx";
import classes from "./device-card.module.css";
import { LastReportCell, NameCell, ReasonCell, ScoreCell, UserCell } from "./device-cells.tsx";
import { type Trend, TrendCell } from "./trend-cell.tsx";
import { isReporting } from "./shown-state.ts";

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
  const { t } = useWords();
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
      className={classes.card}
    >
      <div role="gridcell" className={classes.head}>
        <TickBox
          tabIndex={-1}
          isTicked={isSelected}
          label={t("fleet.row.select", { name: device.name })}
          onChange={() => onSelect(device.id)}
        />
        <NameCell device={device} />
        <ScoreCell device={device} />
      </div>
      <div role="gridcell" className={classes.reason}>
        <ReasonCell device={device} />
      </div>
      <div role="gridcell" className={classes.meters} data-old={!isReporting(device) || undefined}>
        {HEALTH_METRICS.map((metric) => {
          const percent = device.metrics[metric];
          const label = t(`states.metric.${metric}`);
          return (
            <span key={metric} className={classes.meter}>
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
        <span className={classes.meter}>
          <span aria-hidden="true">{t("fleet.columns.trend")}</span>
          <TrendCell trend={trend} />
        </span>
      </div>
      <div role="gridcell" className={classes.foot}>
        <bdi title={device.customer ?? undefined}>
          {[device.customer, t(`states.os.${device.osFamily}`)].filter((part) => part !== null).join(" · ")}
        </bdi>
        <UserCell device={device} />
        <LastReportCell device={device} />
      </div>
    </div>
  );
});
