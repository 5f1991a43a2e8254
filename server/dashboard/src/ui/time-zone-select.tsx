import { Select } from "@mantine/core";
import type { ReactNode } from "react";

const MAX_SHOWN = 60;

type TimeZoneSelectProps = {
  label: string;
  value: string;
  error?: ReactNode;
  onChange: (zone: string) => void;
};

/** Chooses a time zone of the IANA database by a search. */
export function TimeZoneSelect({ label, value, error, onChange }: TimeZoneSelectProps) {
  return (
    <Select
      label={label}
      error={error}
      searchable
      allowDeselect={false}
      limit={MAX_SHOWN}
      data={[...new Set([value, ...Intl.supportedValuesOf("timeZone"), "UTC"])]}
      value={value}
      onChange={(zone) => zone !== null && onChange(zone)}
    />
  );
}

/** The time zone of this browser. */
export function ownTimeZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}
