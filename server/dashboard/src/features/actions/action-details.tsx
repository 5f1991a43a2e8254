import type { Action } from "@muster/shared/contracts/action.ts";
import { useFormats, useWords } from "../../i18n/words.tsx";
import { FactList } from "../../ui/fact-list.tsx";
import { definitionOf } from "./action-catalog.ts";
import { fieldsOf } from "./action-field.ts";
import { useResultText } from "./use-result-text.ts";
import { useWording } from "./use-wording.ts";

/** What was filled in, and the facts by which an action is found elsewhere. */
export function ActionDetails({ action }: { action: Action }) {
  const { t } = useWords();
  const formats = useFormats();
  const wording = useWording();
  const textOf = useResultText();
  const filled = fieldsOf(definitionOf(action.type).payload).map((field) => {
    const value = action.payload[field.name];
    const choice = field.kind === "choice" ? field.choices.find((one) => one.value === value) : undefined;
    return { name: wording(field.label), value: choice ? wording(choice.label) : textOf(value) };
  });
  return (
    <FactList
      facts={[
        ...filled,
        { name: t("actions.details.validUntil"), value: formats.exact(action.validUntil) },
        { name: t("actions.details.id"), value: action.id },
      ]}
    />
  );
}
