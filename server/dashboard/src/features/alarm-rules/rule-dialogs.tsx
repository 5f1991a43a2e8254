import type { ListedAlarmRule } from "@muster/shared/contracts/alarm-rule.ts";
import { useMutation } from "@tanstack/react-query";
import { callApi } from "../../api/client.ts";
import { paths } from "../../api/paths.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { useToasts } from "../../ui/toasts.tsx";
import { useFailureText } from "../../ui/use-failure-text.ts";
import { useRefreshRules, useRuleChange } from "./use-alarm-rules.ts";

type RuleDialogProps = { rule: ListedAlarmRule; onClose: () => void };

/** Asks before a rule is deleted, and says what becomes of its alarms. */
export function DeleteRuleDialog({ rule, onClose }: RuleDialogProps) {
  const { t } = useTranslations();
  const { showToast } = useToasts();
  const failureText = useFailureText();
  const refresh = useRefreshRules();
  const { name, openAlarms: count } = rule;
  const remove = useMutation({
    mutationFn: () => callApi("nothing", paths.alarmRule(rule.id), { method: "DELETE" }),
    onSuccess: async () => {
      await refresh();
      showToast({ text: t("alarmRules.removed", { name }) });
      onClose();
    },
  });
  return (
    <ConfirmDialog
      title={t("alarmRules.removeTitle", { name })}
      text={count === 0 ? t("alarmRules.removeText") : t("alarmRules.removeOpen", { count })}
      verb={t("alarmRules.remove")}
      isPending={remove.isPending}
      failure={remove.error && failureText(remove.error)}
      onConfirm={() => remove.mutate()}
      onClose={onClose}
    />
  );
}

/** Asks before a rule with open alarms is disabled, which ends them. */
export function DisableRuleDialog({ rule, onClose }: RuleDialogProps) {
  const { t } = useTranslations();
  const { enable } = useRuleChange();
  return (
    <ConfirmDialog
      title={t("alarmRules.disableTitle", { name: rule.name })}
      text={t("alarmRules.disableText", { count: rule.openAlarms })}
      verb={t("alarmRules.disable")}
      isPending={enable.isPending}
      failure={null}
      onConfirm={() => enable.mutate({ rule, isEnabled: false }, { onSettled: onClose })}
      onClose={onClose}
    />
  );
}
