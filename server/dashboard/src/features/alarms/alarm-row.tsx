import type { Alarm } from "@muster/shared/contracts/alarm.ts";
import { memo } from "react";
import { Link } from "wouter";
import { useTranslations } from "../../i18n/translations.tsx";
import { plainName } from "../../ui/plain-name.ts";
import { TimeSince } from "../../ui/relative-time.tsx";
import { TickBox } from "../../ui/tick-box.tsx";
import classes from "./alarm-grid.module.css";
import { AlarmSeverityLabel } from "./alarm-severity.tsx";
import { AlarmState } from "./alarm-state.tsx";
import { useAlarmText } from "./use-alarm-text.ts";

export type AlarmRowProps = {
  alarm: Alarm;
  index: number;
  topPx: number;
  /** Takes the height of the row. */
  measure: (row: HTMLElement | null) => void;
  isActive: boolean;
  /** Null where nothing can be selected. */
  isSelected: boolean | null;
  hasLeft: boolean;
  /** -1 where the keyboard moves between rows, not between links. */
  linkTabIndex: -1 | undefined;
  onSelect: (id: string) => void;
};

type PartProps = Pick<AlarmRowProps, "alarm" | "linkTabIndex">;

/** One alarm of the list. It renders again only when the alarm itself changed. */
export const AlarmRow = memo(function AlarmRow(props: AlarmRowProps) {
  const { t } = useTranslations();
  const { alarm, index, topPx, measure, isActive, isSelected, hasLeft, linkTabIndex, onSelect } = props;
  const { textOf } = useAlarmText();
  const { title } = textOf(alarm);
  const isOver = alarm.state === "ended";
  return (
    <div
      ref={measure}
      id={`alarm-${alarm.id}`}
      data-index={index}
      role="row"
      tabIndex={-1}
      aria-rowindex={index + 2}
      aria-selected={isSelected ?? undefined}
      data-alarm={alarm.id}
      data-active={isActive || undefined}
      data-left={hasLeft || undefined}
      data-quiet={isOver || alarm.acknowledgement !== null || undefined}
      className={classes.row}
      style={{ transform: `translateY(${topPx}px)` }}
    >
      {isSelected !== null && (
        <span role="gridcell" className={classes.select}>
          <TickBox
            tabIndex={-1}
            isTicked={isSelected}
            label={t("alarmPages.list.select", { name: title })}
            onChange={() => onSelect(alarm.id)}
          />
        </span>
      )}
      <span role="gridcell" data-column="severity" className={classes.cell}>
        <AlarmSeverityLabel severity={alarm.severity} isOver={isOver} />
      </span>
      <span role="gridcell" data-column="what" className={classes.cell}>
        <AlarmSummary alarm={alarm} title={title} linkTabIndex={linkTabIndex} />
      </span>
      <span role="gridcell" data-column="device" className={classes.cell}>
        <AlarmSubject alarm={alarm} linkTabIndex={linkTabIndex} />
      </span>
      <span role="gridcell" data-column="since" className={classes.cell}>
        <AlarmAge alarm={alarm} />
      </span>
      <span role="gridcell" data-column="state" className={classes.cell}>
        <span className={classes.state}>
          <AlarmState alarm={alarm} />
        </span>
        {hasLeft && <span className={classes.dim}>{t("alarmPages.list.left")}</span>}
      </span>
      <span role="gridcell" data-column="assignee" className={classes.cell}>
        <bdi className={alarm.assignee ? undefined : classes.dim}>
          {alarm.assignee?.name ?? t("alarmPages.list.nobody")}
        </bdi>
      </span>
    </div>
  );
});

/** What is wrong, and below it the value, the rule, and how often it opened. */
function AlarmSummary({ alarm, title, linkTabIndex }: PartProps & { title: string }) {
  const { t } = useTranslations();
  const { valuesOf } = useAlarmText();
  const { value } = valuesOf(alarm);
  const parts = [
    value,
    alarm.rule && alarm.rule.name !== title ? alarm.rule.name : null,
    alarm.occurrences > 1 ? t("alarmPages.list.times", { count: alarm.occurrences }) : null,
  ].filter((part) => part !== null);
  const details = parts.join(" · ");
  return (
    <>
      <Link href={`/alarms/${alarm.id}`} className={classes.title} title={title} tabIndex={linkTabIndex}>
        <bdi>{title}</bdi>
      </Link>
      {details !== "" && (
        <span className={classes.dim} title={details}>
          <bdi>{details}</bdi>
        </span>
      )}
    </>
  );
}

/** The device that an alarm is about, with its customer; or the customer, or the organization. */
function AlarmSubject({ alarm: { device, customer, customerId }, linkTabIndex }: PartProps) {
  const { t } = useTranslations();
  const name = device && plainName(device.name);
  return (
    <>
      {device && name !== null && (
        <Link href={`/devices/${device.id}`} className={classes.link} title={name} tabIndex={linkTabIndex}>
          <bdi>{name}</bdi>
        </Link>
      )}
      {customer !== null && (
        <Link
          href={`/customers/${customerId}`}
          className={classes.customer}
          title={customer}
          tabIndex={linkTabIndex}
        >
          <bdi>{customer}</bdi>
        </Link>
      )}
      {!device && customer === null && <span className={classes.dim}>{t("alarmPages.list.noDevice")}</span>}
    </>
  );
}

/** For how long an alarm is open, or how long it was. */
function AlarmAge({ alarm: { openedAt, endedAt } }: { alarm: Alarm }) {
  const { t, formats } = useTranslations();
  if (endedAt === null) return <TimeSince at={openedAt} />;
  const duration = formats.duration(Date.parse(endedAt) - Date.parse(openedAt));
  return (
    <time dateTime={openedAt} title={formats.exact(openedAt)} className={classes.dim}>
      {t("alarmPages.list.lasted", { duration })}
    </time>
  );
}
