import { message } from "@muster/shared/actions/message.ts";
import type { Action } from "@muster/shared/contracts/action.ts";
import { useFormats, useTranslations } from "../../i18n/translations.tsx";
import { type Fact, FactList } from "../../ui/fact-list.tsx";
import { plainName } from "../../ui/plain-name.ts";
import { definitionOf, useActionTexts } from "./action-catalog.ts";
import { fieldsOf } from "./action-field.ts";

/** A part of a payload or a result in the present language. */
export function useResultText(): (value: unknown) => string {
  const { t, formats } = useTranslations();
  const texts = {
    yes: t("actions.details.yes"),
    no: t("actions.details.no"),
    list: formats.list,
    pair: (value: string, detail: string) => t("actions.details.by", { value, detail }),
  };
  return (value) => resultText(value, texts);
}

type ResultTexts = {
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

/** A part of a result as texts, whatever its shape; empty when there is nothing to say. */
export function resultText(value: unknown, texts: ResultTexts): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "string") return value;
  if (typeof value === "number") return String(value);
  if (typeof value === "boolean") return value ? texts.yes : texts.no;
  if (Array.isArray(value)) return texts.list(value.map((item) => resultText(item, texts)));
  const [first = "", ...rest] = Object.values(value)
    .map((part) => resultText(part, texts))
    .filter((part) => part !== "");
  return rest.length === 0 ? first : texts.pair(first, texts.list(rest));
}

/** The payload, the sessions that showed a message, and the facts that identify an action elsewhere. */
export function ActionDetails({ action }: { action: Action }) {
  const { t } = useTranslations();
  const formats = useFormats();
  const textsOf = useActionTexts();
  const textOf = useResultText();
  const receipts = useReceiptFacts(action);
  const filled = fieldsOf(definitionOf(action.type).payload, textsOf(action.type).payload).map((field) => {
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

/** The outcome of a message for each session, in the present language. */
function useReceiptFacts(action: Action): Fact[] {
  const { t } = useTranslations();
  const nameOfWay = (by: string) => (by === "tray" ? t("actions.receipt.by.tray") : by);
  const nameOfReason = (reason: string) =>
    reason === "locked" || reason === "disconnected" ? t(`actions.receipt.reason.${reason}`) : reason;
  return receiptsOf(action).map((receipt) => ({
    name: t("actions.receipt.session", { user: plainName(receipt.user) }),
    value:
      receipt.kind === "shown"
        ? t("actions.receipt.shown", { by: nameOfWay(receipt.by) })
        : t("actions.receipt.notShown", { reason: nameOfReason(receipt.reason) }),
  }));
}

/** The outcome of a message in one session of a machine. */
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
