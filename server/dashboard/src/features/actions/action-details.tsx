import type { Action } from "@muster/shared/contracts/action.ts";
import { useFormats, useWords } from "../../i18n/words.tsx";
import { FactList } from "../../ui/fact-list.tsx";
import { definitionOf } from "./action-catalog.ts";
import { fieldsOf } from "./action-field.ts";
import { useReceiptFacts } from "./use-receipt-facts.ts";
import { useResultText } from "./use-result-text.ts";
import { useActionWords } from "./use-action-words.ts";

/** What was filled in, in whose sessions a message was shown, and the facts by which an action is found elsewhere. */
export function ActionDetails({ action }: { action: Action }) {
  const { t } = useWords();
  const formats = useFormats();
  const wordsOf = useActionWords();
  const textOf = useResultText();
  const receipts = useReceiptFacts(action);
  const filled = fieldsOf(definitionOf(action.type).payload, wordsOf(action.type).payload).map((field) => {
    const value = action.payload[field.name];
    const choice = field.kind === "choice" ? field.choices.find((one) => one.value === value) : undefined;
    return { name: field.label, value: choice ? choice.label : textOf(value) };
  });
  return (
    <FactList
      facts={[
        ...filled,
        ...receipts,
        { name: t("actions.details.validUntil"), value: formats.exact(action.validUntil) },
        { name: t("actions.details.id"), value: action.id },
      ]}
    />
  );
}
