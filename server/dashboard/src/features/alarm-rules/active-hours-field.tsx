import { ActionIcon, Button, Checkbox, Select, TextInput } from "@mantine/core";
import type { ActiveHours } from "@muster/shared/alarms/active-hours.ts";
import { Plus, X } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslations } from "../../i18n/translations.tsx";
import classes from "./rule-editor.module.css";
import { dayNames } from "./rule-texts.ts";

const MAX_RANGES = 10;
const WORKING_HOURS: Range = { days: [1, 2, 3, 4, 5], start: "08:00", end: "18:00" };
type Range = ActiveHours["ranges"][number];

type ActiveHoursFieldProps = {
  value: ActiveHours | null;
  error: ReactNode;
  onChange: (value: ActiveHours | null) => void;
};

/** When a rule may open alarms: always, or in ranges of local time. */
export function ActiveHoursField({ value, error, onChange }: ActiveHoursFieldProps) {
  const { t } = useTranslations();
  return (
    <>
      <Checkbox
        label={t("alarmRules.field.activeHours")}
        description={t("alarmRules.field.activeHoursHint")}
        checked={value !== null}
        onChange={({ currentTarget: { checked } }) =>
          onChange(checked ? { zone: ownZone(), ranges: [WORKING_HOURS] } : null)
        }
      />
      {value && <Hours value={value} error={error} onChange={onChange} />}
    </>
  );
}

function Hours({ value, error, onChange }: ActiveHoursFieldProps & { value: ActiveHours }) {
  const { t } = useTranslations();
  const { zone, ranges } = value;
  const zones = Intl.supportedValuesOf("timeZone");
  const change = (index: number, range: Range | null) =>
    onChange({
      zone,
      ranges: ranges.flatMap((one, place) => (place === index ? (range === null ? [] : [range]) : [one])),
    });
  return (
    <div className={classes.hours}>
      <Select
        label={t("alarmRules.field.zone")}
        data={zones.includes(zone) ? zones : [zone, ...zones]}
        searchable
        limit={50}
        value={zone}
        onChange={(chosen) => onChange({ zone: chosen ?? zone, ranges })}
      />
      {ranges.map((range, index) => (
        <RangeFields key={index} place={index + 1} range={range} onChange={(next) => change(index, next)} />
      ))}
      {error && (
        <p className={classes.problem} role="alert">
          {error}
        </p>
      )}
      <div>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<Plus size={14} />}
          disabled={ranges.length >= MAX_RANGES}
          onClick={() => onChange({ zone, ranges: [...ranges, WORKING_HOURS] })}
        >
          {t("alarmRules.field.addHours")}
        </Button>
      </div>
    </div>
  );
}

type RangeFieldsProps = { place: number; range: Range; onChange: (range: Range | null) => void };

function RangeFields({ place, range, onChange }: RangeFieldsProps) {
  const { t, formats } = useTranslations();
  const { days, start, end } = range;
  const toggle = (day: number) =>
    onChange({
      ...range,
      days: days.includes(day)
        ? days.filter((one) => one !== day)
        : [...days, day].toSorted((one, other) => one - other),
    });
  return (
    <fieldset className={classes.range}>
      <legend>{t("alarmRules.field.days")}</legend>
      <div className={classes.days}>
        {dayNames(formats.language).map((name, index) => (
          <Checkbox
            key={name}
            label={name}
            checked={days.includes(index + 1)}
            onChange={() => toggle(index + 1)}
          />
        ))}
      </div>
      <div className={classes.times}>
        <TextInput
          type="time"
          label={t("alarmRules.field.start")}
          value={start}
          onChange={({ currentTarget: { value } }) => onChange({ ...range, start: value || start })}
        />
        <TextInput
          type="time"
          label={t("alarmRules.field.end")}
          value={end}
          onChange={({ currentTarget: { value } }) => onChange({ ...range, end: value || end })}
        />
        <ActionIcon
          size={34}
          variant="default"
          aria-label={t("alarmRules.field.removeHours", { place })}
          onClick={() => onChange(null)}
        >
          <X size={16} />
        </ActionIcon>
        {end <= start && <small>{t("alarmRules.field.nextDay")}</small>}
      </div>
    </fieldset>
  );
}

function ownZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
