import { Checkbox, Select, TagsInput, Textarea, TextInput } from "@mantine/core";
import type { GetInputPropsReturnType } from "@mantine/form";
import type { ActionField } from "./action-field.ts";

type ActionFieldInputProps = { field: ActionField; isFirst: boolean; inputProps: GetInputPropsReturnType };

/** The control for one field of an action, whatever the action is. */
export function ActionFieldInput({ field, isFirst, inputProps }: ActionFieldInputProps) {
  const common = {
    name: field.name,
    label: field.label,
    description: field.hint,
    ...inputProps,
    ...(isFirst && { "data-autofocus": true }),
  };
  switch (field.kind) {
    case "line":
      return <TextInput {...common} autoComplete="off" maxLength={field.maxLength} />;
    case "lines":
      return <Textarea {...common} rows={4} maxLength={field.maxLength} />;
    case "integer":
      return <TextInput {...common} inputMode="numeric" autoComplete="off" maxLength={15} />;
    case "choice":
      return <Select {...common} allowDeselect={false} data={field.choices} />;
    case "switch":
      return <Checkbox {...common} />;
    case "list":
      return (
        <TagsInput {...common} splitChars={[]} maxTags={field.maxItems} maxLength={field.maxItemLength} />
      );
  }
}
