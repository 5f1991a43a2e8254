import { Select, TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "../../i18n/translations.tsx";
import { TimeZoneSelect } from "../../ui/time-zone-select.tsx";
import { WeekdayField } from "../../ui/weekday-field.tsx";
import { WEEKDAYS, weekdayName } from "../../ui/weekdays.ts";
import classes from "./maintenance.module.css";
import type { ScheduleForm } from "./window-form.ts";

const KINDS = ["once", "weekly", "monthly-date", "monthly-weekday"] as const;
const NTH = ["1", "2", "3", "4", "-1"] as const;
const LAST_DAY = "-1";
const MONTH_DAYS = Array.from({ length: 31 }, (_, index) => String(index + 1));

type ScheduleFieldsProps = {
  value: ScheduleForm;
  error: ReactNode;
  onChange: (change: Partial<ScheduleForm>) => void;
};

/** When a window is open. */
export function ScheduleFields({ value, error, onChange }: ScheduleFieldsProps) {
  const { t } = useTranslations();
  const text = (name: "startsAt" | "time" | "minutes" | "from" | "until", label: string, type: string) => (
    <TextInput
      type={type}
      description={name === "startsAt" ? t("maintenance.startsHint") : undefined}
      label={label}
      required={name === "time" || name === "minutes"}
      withAsterisk={false}
      {...(name === "minutes" && { min: 1, max: 10_080 })}
      value={value[name]}
      onChange={({ currentTarget }) => onChange({ [name]: currentTarget.value })}
    />
  );
  const isOnce = value.kind === "once";
  return (
    <>
      <Select
        label={t("maintenance.when")}
        allowDeselect={false}
        error={error}
        data={KINDS.map((kind) => ({ value: kind, label: t(`maintenance.kind.${kind}`) }))}
        value={value.kind}
        onChange={(chosen) => onChange({ kind: KINDS.find((kind) => kind === chosen) ?? value.kind })}
      />
      <DayFields value={value} onChange={onChange} />
      <div className={classes.pair}>
        {isOnce
          ? text("startsAt", t("maintenance.starts"), "datetime-local")
          : text("time", t("maintenance.time"), "time")}
        {text("minutes", t("maintenance.minutes"), "number")}
      </div>
      {!isOnce && (
        <>
          <TimeZoneSelect
            label={t("maintenance.zone")}
            value={value.zone}
            onChange={(zone) => onChange({ zone })}
          />
          <div className={classes.pair}>
            {text("from", t("maintenance.from"), "date")}
            {text("until", t("maintenance.until"), "date")}
          </div>
        </>
      )}
    </>
  );
}

function DayFields({ value, onChange }: Omit<ScheduleFieldsProps, "error">) {
  const { t, formats } = useTranslations();
  switch (value.kind) {
    case "once":
      return null;
    case "weekly":
      return (
        <WeekdayField
          label={t("maintenance.days")}
          value={value.days}
          onChange={(days) => onChange({ days })}
        />
      );
    case "monthly-date":
      return (
        <Select
          label={t("maintenance.day")}
          allowDeselect={false}
          data={[
            ...MONTH_DAYS.map((day) => ({ value: day, label: day })),
            { value: LAST_DAY, label: t("maintenance.lastDay") },
          ]}
          value={value.day}
          onChange={(day) => onChange({ day: day ?? value.day })}
        />
      );
    case "monthly-weekday":
      return (
        <div className={classes.pair}>
          <Select
            label={t("maintenance.week")}
            allowDeselect={false}
            data={NTH.map((nth) => ({ value: nth, label: t(`maintenance.nth.${nth}`) }))}
            value={value.week}
            onChange={(week) => onChange({ week: week ?? value.week })}
          />
          <Select
            label={t("maintenance.weekday")}
            allowDeselect={false}
            data={WEEKDAYS.map((day) => ({
              value: String(day),
              label: weekdayName(formats.language, day, "long"),
            }))}
            value={value.weekday}
            onChange={(weekday) => onChange({ weekday: weekday ?? value.weekday })}
          />
        </div>
      );
  }
}
