import type { ActiveHours } from "@muster/shared/alarms/active-hours.ts";
import type { AlarmRule, AlarmRuleScope } from "@muster/shared/contracts/alarm-rule.ts";
import { useQuery } from "@tanstack/react-query";
import { queries } from "../../api/queries.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import classes from "./rule-editor.module.css";
import { useRuleTexts } from "./rule-texts.ts";

type RuleSentenceProps = {
  rule: Pick<AlarmRule, "type" | "settings" | "scope" | "cooldownS"> & { activeHours: ActiveHours | null };
};

/** A rule in words. */
export function RuleSentence({ rule }: RuleSentenceProps) {
  const { t, formats } = useTranslations();
  const { conditionText, endText, hoursText, scopeText } = useRuleTexts();
  const name = useScopeName(rule.scope);
  const condition = conditionText(rule);
  if (condition === null) return <p className={classes.note}>{t("alarmRules.text.incomplete")}</p>;
  const { activeHours, cooldownS } = rule;
  const sentences = [
    t("alarmRules.text.appliesTo", { scope: scopeText(rule.scope, name) }),
    endText(rule),
    activeHours && activeHours.ranges.length > 0 && hoursText(activeHours),
    cooldownS > 0 && t("alarmRules.text.cooldown", { duration: formats.exactDuration(cooldownS * 1_000) }),
  ].filter((text) => typeof text === "string");
  return (
    <div className={classes.sentence}>
      <strong>
        <bdi>{condition}</bdi>
      </strong>
      {sentences.map((text) => (
        <p key={text}>
          <bdi>{text}</bdi>
        </p>
      ))}
    </div>
  );
}

/** The name of the customer, view or device of a scope; an ellipsis until it is known. */
function useScopeName(scope: AlarmRuleScope): string | null {
  const customerId = scope.kind === "customer" ? scope.customerId : "";
  const deviceId = scope.kind === "device" ? scope.deviceId : "";
  const customer = useQuery({ ...queries.customer(customerId), enabled: customerId !== "" });
  const device = useQuery({ ...queries.device(deviceId), enabled: deviceId !== "" });
  const views = useQuery({ ...queries.views(), enabled: scope.kind === "view" });
  if (scope.kind === "view" && views.data) {
    return views.data.items.find(({ id }) => id === scope.viewId)?.name ?? null;
  }
  const isMissing = customer.error !== null || device.error !== null;
  return customer.data?.name ?? device.data?.name ?? (isMissing ? null : "…");
}
