import { TextInput } from "@mantine/core";
import classes from "./day-input.module.css";
import type { FilterSelectProps } from "./filter-select-props.ts";

/** A day of the viewer's calendar, as "2026-03-31". */
export function DayInput({ label, value = "", onChange }: FilterSelectProps & { label: string }) {
  return (
    <TextInput
      type="date"
      aria-label={label}
      leftSection={<span className={classes.label}>{label}</span>}
      leftSectionWidth={56}
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value || null)}
    />
  );
}
