import { Checkbox, type InputWrapperProps, Select, TagsInput, TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "../../i18n/translations.tsx";
import { metricText, unitOf } from "./condition-text.ts";
import { DurationInput } from "./duration-input.tsx";
import type { RuleField } from "./rule-field.ts";
import { type FieldValue, type RuleForm, typeOf } from "./rule-form.ts";

type InputWrapperOrder = NonNullable<InputWrapperProps["inputWrapperOrder"]>;
type RuleFieldInputProps = {
  field: RuleField;
  form: Pick<RuleForm, "type" | "settings">;
  /** What a list may contain, beside anything else. */
  suggestions: readonly string[] | undefined;
  error: ReactNode;
  onChange: (value: FieldValue) => void;
};

/** The control for one setting of a rule, whatever its type is. */
export function RuleFieldInput({ field, form, suggestions = [], error, onChange }: RuleFieldInputProps) {
  const { t } = useTranslations();
  const value = form.settings[field.name] ?? field.initial;
  const common = {
    name: `settings.${field.name}`,
    label: field.label,
    description: field.hint,
    error,
    inputWrapperOrder: INPUT_FIRST,
  };
  const text = typeof value === "string" ? value : "";
  const onText = (event: React.ChangeEvent<HTMLInputElement>) => onChange(event.currentTarget.value);
  switch (field.kind) {
    case "choice":
      return (
        <Select
          {...common}
          searchable={field.choices.length > 8}
          data={field.choices.map((choice) => ({
            value: choice.value,
            label: field.name === "metric" ? metricText(choice.value, t) : choice.label,
          }))}
          value={text}
          onChange={(chosen) => onChange(chosen ?? text)}
        />
      );
    case "level":
      return (
        <TextInput
          {...common}
          inputMode="decimal"
          autoComplete="off"
          maxLength={20}
          placeholder={t("alarmRules.field.noLevel")}
          rightSectionWidth={56}
          rightSection={<span aria-hidden="true">{unitSymbol(form)}</span>}
          value={text}
          onChange={onText}
        />
      );
    case "duration":
      return (
        <DurationInput
          label={field.label}
          description={field.hint}
          error={error}
          value={text}
          onChange={onChange}
        />
      );
    case "number":
      return (
        <TextInput
          {...common}
          inputMode="decimal"
          autoComplete="off"
          maxLength={20}
          value={text}
          onChange={onText}
        />
      );
    case "line":
      return <TextInput {...common} autoComplete="off" maxLength={200} value={text} onChange={onText} />;
    case "list":
      return (
        <TagsInput
          {...common}
          splitChars={[]}
          data={[...suggestions]}
          limit={50}
          maxTags={field.maxItems}
          maxLength={field.maxItemLength}
          acceptValueOnBlur
          value={Array.isArray(value) ? value : []}
          onChange={onChange}
        />
      );
    case "switch":
      return (
        <Checkbox
          name={common.name}
          label={field.label}
          description={field.hint}
          error={error}
          checked={value === true}
          onChange={({ currentTarget: { checked } }) => onChange(checked)}
        />
      );
  }
}

/** Hints below the fields, so that those of one row stand at one height. */
const INPUT_FIRST = ["label", "input", "error", "description"] satisfies InputWrapperOrder;

const SYMBOLS = { percent: "%", bytes: "GB", bytesPerSecond: "MB/s", celsius: "°C", number: "" } as const;

/** The unit in which levels are entered. */
function unitSymbol(form: Pick<RuleForm, "type" | "settings">): string {
  const { metric } = form.settings;
  const unit = unitOf(typeOf(form), typeof metric === "string" ? metric : undefined);
  return unit === null ? "" : SYMBOLS[unit];
}
