import { TextInput } from "@mantine/core";
import { useTranslations } from "../i18n/translations.tsx";

/** What a user types first, so that many devices or an important one are not hit by a slip: their number, or its name. */
export type Confirmation = { kind: "count"; count: number } | { kind: "name"; name: string };

/** From so many devices on, their number is asked for. */
export const MANY_DEVICES = 10;

type TypedConfirmationProps = {
  confirmation: Confirmation;
  /** Why it is asked. */
  hint: string;
  typed: string;
  onType: (typed: string) => void;
};

export function TypedConfirmation({ confirmation, hint, typed, onType }: TypedConfirmationProps) {
  const { t } = useTranslations();
  const isCount = confirmation.kind === "count";
  return (
    <TextInput
      label={isCount ? t("actions.dialog.count", { count: confirmation.count }) : t("actions.dialog.name")}
      description={<bdi>{hint}</bdi>}
      inputMode={isCount ? "numeric" : "text"}
      autoComplete="off"
      value={typed}
      onChange={(event) => onType(event.currentTarget.value)}
    />
  );
}

export function isConfirmed(confirmation: Confirmation | null, typed: string): boolean {
  if (confirmation === null) return true;
  if (confirmation.kind === "name") return typed.trim() === confirmation.name.trim();
  return withoutGroups(typed.trim()) === String(confirmation.count);
}

/** The label shows the number as the language groups it: 10,001, 10.001 or 10 001. */
function withoutGroups(typed: string): string {
  return /^\d{1,3}(?:[.,\s]\d{3})+$/.test(typed) ? typed.replaceAll(/\D/g, "") : typed;
}
