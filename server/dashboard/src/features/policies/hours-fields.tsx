import { ActionIcon, Button, Checkbox, TextInput } from "@mantine/core";
import type { ActiveHours } from "@muster/shared/alarms/active-hours.ts";
import { Plus, X } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslations } from "../../i18n/translations.tsx";
import { ownTimeZone, TimeZoneSelect } from "../../ui/time-zone-select.tsx";
import { WeekdayField } from "../../ui/weekday-field.tsx";
import classes from "./policies.module.css";

const MAX_RANGES = 10;
const WORKING_HOURS: ActiveHours["ranges"][number] = { days: [1, 2, 3, 4, 5], start: "08:00", end: "18:00" };

type HoursFieldsProps = {
  value: ActiveHours | null;
  error: ReactNode;
  onChange: (value: ActiveHours | null) => void;
};

/** When a policy is active: always, or within ranges of local time. */
export function HoursFields({ value, error, onChange }: HoursFieldsProps) {
  const { t } = useTranslations();
  return (
    <>
      <Checkbox
        label={t("policies.field.hours")}
        description={t("policies.field.hoursHint")}
        error={error}
        checked={value !== null}
        onChange={({ currentTarget }) =>
          onChange(currentTarget.checked ? { zone: ownTimeZone(), ranges: [WORKING_HOURS] } : null)
        }
      />
      {value && (
        <>
          <TimeZoneSelect
            label={t("policies.field.zone")}
            value={value.zone}
            onChange={(zone) => onChange({ ...value, zone })}
          />
          <RangeFields ranges={value.ranges} onChange={(ranges) => onChange({ ...value, ranges })} />
        </>
      )}
    </>
  );
}

type Ranges = ActiveHours["ranges"];

function RangeFields({ ranges, onChange }: { ranges: Ranges; onChange: (ranges: Ranges) => void }) {
  const { t } = useTranslations();
  const change = (index: number, part: Partial<Ranges[number]>) =>
    onChange(ranges.map((range, place) => (place === index ? { ...range, ...part } : range)));
  return (
    <>
      {ranges.map(({ days, start, end }, index) => (
        <fieldset key={index} className={classes.range}>
          <legend>{t("policies.field.range", { number: index + 1 })}</legend>
          <WeekdayField
            label={t("policies.field.days")}
            value={days}
            onChange={(chosen) => change(index, { days: chosen })}
          />
          <div className={classes.times}>
            <TextInput
              type="time"
              required
              withAsterisk={false}
              label={t("policies.field.from")}
              value={start}
              onChange={({ currentTarget }) => change(index, { start: currentTarget.value })}
            />
            <TextInput
              type="time"
              required
              withAsterisk={false}
              label={t("policies.field.to")}
              value={end}
              onChange={({ currentTarget }) => change(index, { end: currentTarget.value })}
            />
            {ranges.length > 1 && (
              <ActionIcon
                size={34}
                variant="default"
                aria-label={t("policies.field.removeRange", { number: index + 1 })}
                onClick={() => onChange(ranges.filter((_, place) => place !== index))}
              >
                <X size={16} />
              </ActionIcon>
            )}
          </div>
        </fieldset>
      ))}
      <div>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<Plus size={14} />}
          disabled={ranges.length >= MAX_RANGES}
          onClick={() => onChange([...ranges, WORKING_HOURS])}
        >
          {t("policies.field.addRange")}
        </Button>
      </div>
    </>
  );
}
