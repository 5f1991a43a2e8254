import { Button, Select } from "@mantine/core";
import { ALARM_TYPES } from "@muster/shared/alarms/catalog.ts";
import type { AlarmRule, NewAlarmRule } from "@muster/shared/contracts/alarm-rule.ts";
import type { AlarmRulePackId } from "@muster/shared/contracts/alarm-rule-pack.ts";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { callApi } from "../../api/client.ts";
import { paths } from "../../api/paths.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { DialogForm } from "../../ui/dialog-form.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { FailureState } from "../../ui/failure-state.tsx";
import { useToasts } from "../../ui/toasts.tsx";
import { useFailureText } from "../../ui/use-failure-text.ts";
import classes from "./alarm-rules.module.css";
import { PACK_NAMES } from "./pack-names.ts";
import { useRuleTexts } from "./rule-texts.ts";
import { ruleQueries, useRefreshRules } from "./use-alarm-rules.ts";

type PackDialogProps = { rules: readonly AlarmRule[]; onClose: () => void };

/** Adds the rules of a pack that the organization does not have yet. */
export function PackDialog({ rules, onClose }: PackDialogProps) {
  const { t } = useTranslations();
  const { showToast } = useToasts();
  const failureText = useFailureText();
  const refresh = useRefreshRules();
  const packs = useQuery(ruleQueries.packs());
  const [id, setId] = useState<AlarmRulePackId>("muster");
  const pack = packs.data?.items.find((one) => one.id === id);
  const missing = (pack?.rules ?? []).filter((rule) => !hasRule(rules, rule));
  const add = useMutation({
    mutationFn: () =>
      callApi("alarmRules", paths.alarmRulePacks, { method: "POST", body: { pack: id, onlyMissing: true } }),
    onSuccess: async ({ items }) => {
      await refresh();
      showToast({ text: t("alarmRules.pack.added", { count: items.length }) });
      onClose();
    },
  });
  if (packs.error && !packs.data) {
    return (
      <Dialog title={t("alarmRules.pack.title")} onClose={onClose}>
        <FailureState error={packs.error} retry={() => void packs.refetch()} />
      </Dialog>
    );
  }
  return (
    <Dialog title={t("alarmRules.pack.title")} size="lg" onClose={onClose}>
      <DialogForm
        failure={add.error && failureText(add.error)}
        onSubmit={() => missing.length > 0 && add.mutate()}
        onCancel={onClose}
        submit={
          <Button type="submit" disabled={missing.length === 0} loading={add.isPending}>
            {t("alarmRules.pack.submit", { count: missing.length })}
          </Button>
        }
      >
        <p className={classes.note}>{t("alarmRules.pack.intro")}</p>
        <Select
          data-autofocus
          label={t("alarmRules.pack.label")}
          description={
            id === "muster"
              ? t("alarmRules.pack.musterHint")
              : t("alarmRules.pack.otherHint", { name: PACK_NAMES[id] })
          }
          data={(packs.data?.items ?? []).map((one) => ({
            value: one.id,
            label: PACK_NAMES[one.id],
          }))}
          value={id}
          onChange={(value) => setId(packs.data?.items.find((one) => one.id === value)?.id ?? "muster")}
        />
        {pack && <PackRules rules={pack.rules} missing={missing} />}
        {pack && missing.length === 0 && <p className={classes.note}>{t("alarmRules.pack.allExist")}</p>}
      </DialogForm>
    </Dialog>
  );
}

type PackRulesProps = { rules: readonly NewAlarmRule[]; missing: readonly NewAlarmRule[] };

function PackRules({ rules, missing }: PackRulesProps) {
  const { t } = useTranslations();
  const { conditionText } = useRuleTexts();
  return (
    <ul className={classes.pack}>
      {rules.map((rule) => (
        <li key={rule.name} data-exists={!missing.includes(rule) || undefined}>
          <strong>{rule.name}</strong>
          <span>{conditionText(rule)}</span>
          {!missing.includes(rule) && <small>{t("alarmRules.pack.exists")}</small>}
        </li>
      ))}
    </ul>
  );
}

/** As the server compares them: for all devices, with the same type and settings. */
function hasRule(rules: readonly AlarmRule[], { type, settings }: NewAlarmRule): boolean {
  const text = JSON.stringify(ALARM_TYPES[type].settings.parse(settings));
  return rules.some(
    (rule) =>
      rule.type === type &&
      rule.scope.kind === "organization" &&
      JSON.stringify(ALARM_TYPES[type].settings.parse(rule.settings)) === text,
  );
}
