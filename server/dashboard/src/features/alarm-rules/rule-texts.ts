import type { ActiveHours } from "@muster/shared/alarms/active-hours.ts";
import type { AlarmCatalogTexts, AlarmTypeTexts } from "@muster/shared/alarms/alarm-type-texts.ts";
import { englishAlarmTexts } from "@muster/shared/alarms/alarm-type-texts.ts";
import { ALARM_TYPES, AlarmType } from "@muster/shared/alarms/catalog.ts";
import type { AlarmRule, AlarmRuleScope } from "@muster/shared/contracts/alarm-rule.ts";
import { loadAlarmTypeTexts } from "@muster/shared/i18n/alarm-type-texts.ts";
import { useSuspenseQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { currentLanguage } from "../../i18n/i18n.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { hourRangesText } from "../../ui/weekdays.ts";
import { conditionText, endText } from "./condition-text.ts";

/** Texts about rules in the present language. */
export type RuleTexts = ReturnType<typeof useRuleTexts>;

/** The texts of the types are fetched with the first page that shows rules. */
export function useRuleTexts() {
  const { t, formats } = useTranslations();
  const language = currentLanguage();
  const { data: translated } = useSuspenseQuery({
    queryKey: ["alarm-type-texts", language],
    queryFn: async (): Promise<AlarmCatalogTexts | null> => (await loadAlarmTypeTexts(language)) ?? null,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return useMemo(() => {
    const typeTexts = (type: AlarmType): AlarmTypeTexts =>
      translated?.[type] ?? englishAlarmTexts(ALARM_TYPES[type]);
    const context = { t, formats, typeTexts };
    const scopeText = (scope: AlarmRuleScope, name: string | null): string => {
      const kind = t(`alarmRules.scope.${scope.kind}`);
      // Views that are in use are not deleted; a member may not know one.
      if (scope.kind === "organization" || (scope.kind === "view" && name === null)) return kind;
      return t("alarmRules.scope.named", { kind, name: nameOfScope(scope, name) });
    };
    const nameOfScope = (scope: AlarmRuleScope, name: string | null): string => {
      if (scope.kind === "tag") return scope.tag;
      if (scope.kind === "class") return t(`states.class.${scope.deviceClass}`);
      return name ?? t("alarmRules.scope.deleted");
    };
    return {
      typeTexts,
      scopeText,
      /** The condition as a sentence without its end; null while the settings are not complete. */
      conditionText: (rule: Pick<AlarmRule, "type" | "settings">) => conditionText(rule, context),
      /** When its alarms end, where the rule says so. */
      endText: (rule: Pick<AlarmRule, "type" | "settings">) => endText(rule, context),
      hoursText({ zone, ranges }: ActiveHours): string {
        return t("alarmRules.text.hours", { ranges: hourRangesText(formats, ranges), zone });
      },
    };
  }, [translated, t, formats]);
}

export const TYPES = AlarmType.options;
