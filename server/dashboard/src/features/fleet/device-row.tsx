import type { DeviceSummary } from "@muster/shared/contracts/device.ts";
import { memo } from "react";
import { useWords } from "../../i18n/words.tsx";
import { TickBox } from "../../ui/tick-box.tsx";
import type { FleetColumn } from "./fleet-columns.tsx";
import type { Trend } from "./trend-cell.tsx";
import classes from "./device-table.module.css";

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

/** One device of the table. It is drawn anew only when the device itself changed. */
export const DeviceRow = memo(function DeviceRow(props: DeviceRowProps) {
  const { t } = useWords();
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
