import { Checkbox } from "@mantine/core";
import type { ReactNode } from "react";
import { useFormats } from "../i18n/translations.tsx";
import classes from "./weekday-field.module.css";
import { WEEKDAYS, weekdayName } from "./weekdays.ts";

type WeekdayFieldProps = {
  label: string;
  value: readonly number[];
  error?: ReactNode;
  onChange: (days: number[]) => void;
};

/** Chooses days of the week. */
export function WeekdayField({ label, value, error, onChange }: WeekdayFieldProps) {
  const { language } = useFormats();
  return (
    <Checkbox.Group
      label={label}
      error={error}
      value={value.map(String)}
      onChange={(days) => onChange(days.map(Number).toSorted((one, other) => one - other))}
    >
      <div className={classes.days}>
        {WEEKDAYS.map((day) => (
          <Checkbox key={day} value={String(day)} label={weekdayName(language, day)} />
        ))}
      </div>
    </Checkbox.Group>
  );
}
