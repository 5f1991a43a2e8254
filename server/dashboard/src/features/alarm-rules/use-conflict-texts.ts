import { useTranslations } from "../../i18n/translations.tsx";
import type { ConflictPanelProps } from "../../ui/drafts/conflict-panel.tsx";
import type { RuleForm } from "./rule-form.ts";
import { useRuleTexts } from "./rule-texts.ts";

/** The fields of a rule as the comparison with somebody else's edit shows them. */
export function useConflictTexts(): ConflictPanelProps<RuleForm>["describe"] {
  const { t, formats } = useTranslations();
  const { hoursText, typeTexts } = useRuleTexts();
  const textOf = (text: string) => text;
  const onOff = (isOn: boolean) => t(isOn ? "settings.organization.on" : "settings.organization.off");
  return {
    name: { label: t("alarmRules.field.name"), textOf },
    type: { label: t("alarmRules.field.type"), textOf },
    settings: {
      label: t("alarmRules.field.condition"),
      textOf: (settings) =>
        Object.entries(settings)
          .filter(([, value]) => value !== "" && String(value) !== "")
          .map(([name, value]) => `${labelOf(name)}: ${String(value)}`)
          .join("\n"),
    },
    scope: {
      label: t("alarmRules.appliesTo"),
      textOf: ({ kind, value }) => [t(`alarmRules.scope.${kind}`), value].filter(Boolean).join(": "),
    },
    isEnabled: { label: t("alarmRules.field.enabled"), textOf: onOff },
    activeHours: {
      label: t("alarmRules.field.activeHours"),
      textOf: (hours) => (hours === null ? onOff(false) : hoursText(hours)),
    },
    cooldownS: {
      label: t("alarmRules.field.cooldown"),
      textOf: (seconds) => formats.exactDuration(Number(seconds) * 1_000),
    },
    ignoresExisting: { label: t("alarmRules.field.ignoresExisting"), textOf: onOff },
  };

  /** Types share the names of most settings; each type's texts name all of its own. */
  function labelOf(name: string): string {
    const { settings } = typeTexts("metric");
    return settings[name]?.label ?? name;
  }
}
