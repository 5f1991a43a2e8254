import { TextInput } from "@mantine/core";
import { useWords } from "../../i18n/words.tsx";
import type { Confirmation } from "./confirmation.ts";

type ConfirmationFieldProps = { confirmation: Confirmation; typed: string; onType: (typed: string) => void };

/** What has to be typed first, so that many devices or an important one are not hit by a slip. */
export function ConfirmationField({ confirmation, typed, onType }: ConfirmationFieldProps) {
  const { t } = useWords();
  const isCount = confirmation.kind === "count";
  return (
    <TextInput
      label={isCount ? t("actions.dialog.count", { count: confirmation.count }) : t("actions.dialog.name")}
      description={
        isCount ? (
          t("actions.dialog.countHint")
        ) : (
          <bdi>{t("actions.dialog.nameHint", { name: confirmation.name })}</bdi>
        )
      }
      inputMode={isCount ? "numeric" : "text"}
      autoComplete="off"
      value={typed}
      onChange={(event) => onType(event.currentTarget.value)}
    />
  );
}
