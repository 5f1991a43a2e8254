import { ActionIcon, Button, Checkbox, TextInput } from "@mantine/core";
import type { ActiveHours } from "@muster/shared/alarms/active-hours.ts";
import { Plus, X } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslations } from "../i18n/translations.tsx";
import classes from "./active-hours-field.module.css";
import { ownTimeZone, TimeZoneSelect } from "./time-zone-select.tsx";
import { WeekdayField } from "./weekday-field.tsx";

const MAX_RANGES = 10;
const WORKING_HOURS: Range = { days: [1, 2, 3, 4, 5], start: "08:00", end: "18:00" };
type Range = ActiveHours["ranges"][number];

type ActiveHoursFieldProps = {
  /** Of the box that limits the hours. */
  label: string;
  description: string;
  value: ActiveHours | null;
  error: ReactNode;
  onChange: (value: ActiveHours | null) => void;
};

/** When something applies: always, or within ranges of local time. */
export function ActiveHoursField({ label, description, value, error, onChange }: ActiveHoursFieldProps) {
  const { t } = useTranslations();
  return (
    <>
      <Checkbox
        label={label}
        description={description}
        error={error}
        checked={value !== null}
        onChange={({ currentTarget: { checked } }) =>
          onChange(checked ? { zone: ownTimeZone(), ranges: [WORKING_HOURS] } : null)
        }
      />
      {value && (
        <div className={classes.hours}>
          <TimeZoneSelect
            label={t("shell.hours.zone")}
            value={value.zone}
            onChange={(zone) => onChange({ ...value, zone })}
          />
          <RangeList ranges={value.ranges} onChange={(ranges) => onChange({ ...value, ranges })} />
        </div>
      )}
    </>
  );
}

type RangeListProps = { ranges: readonly Range[]; onChange: (ranges: Range[]) => void };

function RangeList({ ranges, onChange }: RangeListProps) {
  const { t } = useTranslations();
  return (
    <>
      {ranges.map((range, index) => (
        <RangeFields
          key={index}
          number={index + 1}
          range={range}
          onChange={(changed) => onChange(ranges.with(index, changed))}
          onRemove={ranges.length > 1 ? () => onChange(ranges.toSpliced(index, 1)) : null}
        />
      ))}
      <div>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<Plus size={14} />}
          disabled={ranges.length >= MAX_RANGES}
          onClick={() => onChange([...ranges, WORKING_HOURS])}
        >
          {t("shell.hours.add")}
        </Button>
      </div>
    </>
  );
}

type RangeFieldsProps = {
  /** From 1. */
  number: number;
  range: Range;
  onChange: (range: Range) => void;
  /** Null for the only one. */
  onRemove: (() => void) | null;
};

function RangeFields({ number, range, onChange, onRemove }: RangeFieldsProps) {
  const { t } = useTranslations();
  const { days, start, end } = range;
  return (
    <fieldset className={classes.range}>
      <legend>{t("shell.hours.range", { number })}</legend>
      <WeekdayField
        label={t("shell.hours.days")}
        value={days}
        onChange={(chosen) => onChange({ ...range, days: chosen })}
      />
      <div className={classes.times}>
        <TextInput
          type="time"
          label={t("shell.hours.from")}
          value={start}
          onChange={({ currentTarget: { value } }) => onChange({ ...range, start: value || start })}
        />
        <TextInput
          type="time"
          label={t("shell.hours.to")}
          value={end}
          onChange={({ currentTarget: { value } }) => onChange({ ...range, end: value || end })}
        />
        {onRemove && (
          <ActionIcon
            size={34}
            variant="default"
            aria-label={t("shell.hours.remove", { number })}
            onClick={onRemove}
          >
            <X size={16} />
          </ActionIcon>
        )}
        {end <= start && <small>{t("shell.hours.nextDay")}</small>}
      </div>
    </fieldset>
  );
}
