import { Select, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslations } from "../../i18n/translations.tsx";
import { instantOfField, TIME_CHOICES, type TimeChoice, timeOfChoice } from "./time-choices.ts";

const CUSTOM = "custom";
const ALWAYS = "always";

/** A chosen end. `read` gives the instant: undefined for none, null for a field that is not filled in. */
export type ChosenTime = { read: (nowMs: number) => string | null | undefined; field: React.ReactNode };

/** What a choice of an end is called. */
export function useTimeChoiceLabel(): (choice: TimeChoice) => string {
  const { t } = useTranslations();
  return (choice) => {
    if (choice === "tomorrow" || choice === "monday") return t(`alarmPages.dialog.${choice}`);
    const hours = Number(choice);
    return hours < 24
      ? t("alarmPages.dialog.hours", { count: hours })
      : t("alarmPages.dialog.days", { count: hours / 24 });
  };
}

/** A field for the end of a snooze or an acknowledgement. */
export function useTimeField(options: { first: TimeChoice | "always" }): ChosenTime {
  const { t } = useTranslations();
  const labelOf = useTimeChoiceLabel();
  const { first } = options;
  const [chosen, setChosen] = useState<string>(first);
  const [custom, setCustom] = useState("");
  const known = TIME_CHOICES.find((choice) => choice === chosen);
  return {
    read(nowMs) {
      if (chosen === ALWAYS) return undefined;
      return known === undefined ? instantOfField(custom) : timeOfChoice(known, nowMs);
    },
    field: (
      <>
        <Select
          label={t("alarmPages.dialog.until")}
          data={[
            ...(first === ALWAYS ? [{ value: ALWAYS, label: t("alarmPages.dialog.always") }] : []),
            ...TIME_CHOICES.map((choice) => ({ value: choice, label: labelOf(choice) })),
            { value: CUSTOM, label: t("alarmPages.dialog.custom") },
          ]}
          allowDeselect={false}
          value={chosen}
          onChange={(value) => setChosen(value ?? first)}
        />
        {chosen === CUSTOM && (
          <TextInput
            type="datetime-local"
            label={t("alarmPages.dialog.customField")}
            required
            value={custom}
            onChange={(event) => setCustom(event.currentTarget.value)}
          />
        )}
      </>
    ),
  };
}
