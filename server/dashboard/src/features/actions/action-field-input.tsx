import { Checkbox, Select, TagsInput, Textarea, TextInput } from "@mantine/core";
import { useTranslations } from "../../i18n/translations.tsx";
import type { ActionField } from "./action-field.ts";
import type { FieldProblem, FieldValue } from "./action-payload.ts";

type ActionFieldInputProps = {
  field: ActionField;
  value: FieldValue;
  problem: FieldProblem | undefined;
  isFirst: boolean;
  onChange: (value: FieldValue) => void;
};

/** The control for one field of an action, whatever the action is. */
export function ActionFieldInput({ field, value, problem, isFirst, onChange }: ActionFieldInputProps) {
  const { t, formats } = useTranslations();
  const text = typeof value === "string" ? value : "";
  const common = {
    name: field.name,
    label: field.label,
    description: field.hint,
    error: problem && t(`actions.problem.${problem.kind}`, { limit: formats.whole(problem.limit) }),
    ...(isFirst && { "data-autofocus": true }),
  };
  switch (field.kind) {
    case "line":
      return (
        <TextInput
          {...common}
          autoComplete="off"
          maxLength={field.maxLength}
          value={text}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case "lines":
      return (
        <Textarea
          {...common}
          rows={4}
          maxLength={field.maxLength}
          value={text}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case "integer":
      return (
        <TextInput
          {...common}
          inputMode="numeric"
          autoComplete="off"
          maxLength={15}
          value={text}
          onChange={(event) => onChange(event.currentTarget.value.trim())}
        />
      );
    case "choice":
      return (
        <Select
          {...common}
          data={field.choices}
          value={text}
          onChange={(choice) => choice !== null && onChange(choice)}
        />
      );
    case "switch":
      return (
        <Checkbox
          {...common}
          checked={value === true}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      );
    case "list":
      return (
        <TagsInput
          {...common}
          splitChars={[]}
          maxTags={field.maxItems}
          maxLength={field.maxItemLength}
          value={typeof value === "object" ? [...value] : []}
          onChange={onChange}
        />
      );
  }
}
