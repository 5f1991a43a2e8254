import { Select, TextInput } from "@mantine/core";
import { type ReactNode, useId, useState } from "react";
import { useTranslations } from "../../i18n/translations.tsx";
import classes from "./rule-editor.module.css";

const UNITS = { s: 1, min: 60, h: 3_600, d: 86_400 } as const;
type Unit = keyof typeof UNITS;
const UNIT_NAMES = ["s", "min", "h", "d"] as const satisfies readonly Unit[];

type DurationInputProps = {
  label: string;
  description?: string | null;
  /** Seconds as a text, or what was entered in place of a number. */
  value: string;
  error?: ReactNode;
  onChange: (seconds: string) => void;
};

/** A span of time: a number and its unit. */
export function DurationInput({ label, description, value, error, onChange }: DurationInputProps) {
  const { t } = useTranslations();
  const hintId = useId();
  const [unit, setUnit] = useState<Unit>(() => largestUnit(Number(value)));
  const seconds = Number(value);
  const amount = value.trim() === "" || !Number.isFinite(seconds) ? value : String(seconds / UNITS[unit]);
  const [typed, setTyped] = useState({ text: amount, seconds: value });
  // A draft or a conflict may change the value from outside.
  const shown = typed.seconds === value ? typed.text : amount;
  function change(text: string, next: Unit): void {
    const number = Number(text.replace(",", "."));
    const entered = text.trim() === "" || !Number.isFinite(number) ? text : String(number * UNITS[next]);
    setTyped({ text, seconds: entered });
    setUnit(next);
    onChange(entered);
  }
  return (
    <div className={classes.duration}>
      <TextInput
        label={label}
        aria-describedby={description ? hintId : undefined}
        inputMode="decimal"
        autoComplete="off"
        maxLength={12}
        error={error}
        value={shown}
        onChange={({ currentTarget: { value: text } }) => change(text, unit)}
      />
      <Select
        aria-label={t("alarmRules.unit.of", { label })}
        data={UNIT_NAMES.map((name) => ({ value: name, label: t(`alarmRules.unit.${name}`) }))}
        value={unit}
        onChange={(chosen) => change(shown, UNIT_NAMES.find((name) => name === chosen) ?? unit)}
      />
      {description && (
        <small id={hintId} className={classes.hint}>
          {description}
        </small>
      )}
    </div>
  );
}

/** The largest unit in which the span is a whole number. */
function largestUnit(seconds: number): Unit {
  if (!(seconds > 0)) return "min";
  return UNIT_NAMES.findLast((name) => seconds % UNITS[name] === 0) ?? "s";
}
