import { message } from "@muster/shared/actions/message.ts";
import type { Action } from "@muster/shared/contracts/action.ts";
import { useFormats, useWords } from "../../i18n/words.tsx";
import { type Fact, FactList } from "../../ui/fact-list.tsx";
import { plainName } from "../../ui/plain-name.ts";
import { definitionOf, useActionWords } from "./action-catalog.ts";
import { fieldsOf } from "./action-field.ts";

/** A part of a payload or a result in the present language. */
export function useResultText(): (value: unknown) => string {
  const { t, formats } = useWords();
  const words = {
    yes: t("actions.details.yes"),
    no: t("actions.details.no"),
    list: formats.list,
    pair: (value: string, detail: string) => t("actions.details.by", { value, detail }),
  };
  return (value) => resultText(value, words);
}

type ResultWords = {
  yes: string;
  no: string;
  list: (items: readonly string[]) => string;
  /** A value and what belongs to it: "ann (notify-send)". */
  pair: (value: string, detail: string) => string;
};

/** Whether a result is lines of text, which are read in a viewer of their own. */
export function isLines(value: unknown): value is string[] {
  return Array.isArray(value) && value.length > 0 && value.every((line) => typeof line === "string");
}

/** A part of a result as words, whatever its shape; empty when there is nothing to say. */
export function resultText(value: unknown, words: ResultWords): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "string") return value;
  if (typeof value === "number") return String(value);
  if (typeof value === "boolean") return value ? words.yes : words.no;
  if (Array.isArray(value)) return words.list(value.map((item) => resultText(item, words)));
  const [first = "", ...rest] = Object.values(value)
    .map((part) => resultText(part, words))
    .filter((part) => part !== "");
  return rest.length === 0 ? first : words.pair(first, words.list(rest));
}

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

/** What became of a message, session by session, in the present language. */
function useReceiptFacts(action: Action): Fact[] {
  const { t } = useWords();
  const wordOfWay = (by: string) => (by === "tray" ? t("actions.receipt.by.tray") : by);
  const wordOfReason = (reason: string) =>
    reason === "locked" || reason === "disconnected" ? t(`actions.receipt.reason.${reason}`) : reason;
  return receiptsOf(action).map((receipt) => ({
    name: t("actions.receipt.session", { user: plainName(receipt.user) }),
    value:
      receipt.kind === "shown"
        ? t("actions.receipt.shown", { by: wordOfWay(receipt.by) })
        : t("actions.receipt.notShown", { reason: wordOfReason(receipt.reason) }),
  }));
}

/** What became of a message in one session of a machine. */
type Receipt = { user: string } & ({ kind: "shown"; by: string } | { kind: "not-shown"; reason: string });

/** The sessions of a message that has ended, those that saw it first; none for other actions. */
export function receiptsOf({ type, result }: Pick<Action, "type" | "result">): Receipt[] {
  if (type !== "message") return [];
  const parsed = message.result.safeParse(result);
  if (!parsed.success) return [];
  const { shown, notShown } = parsed.data;
  return [
    ...shown.map(({ user, by }) => ({ user, kind: "shown" as const, by })),
    ...notShown.map(({ user, reason }) => ({ user, kind: "not-shown" as const, reason })),
  ];
}
