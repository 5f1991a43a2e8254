import { Button } from "@mantine/core";
import type { AlarmAction, AlarmBulkResult } from "@muster/shared/contracts/alarm-change.ts";
import { useQueryClient } from "@tanstack/react-query";
import { changeAlarms } from "../../api/alarm-calls.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { useToasts } from "../../ui/toasts.tsx";
import { useFailureText } from "../../ui/use-failure-text.ts";

/** Acts on alarms and shows what came of it. */
export function useAlarmActions() {
  const { t } = useTranslations();
  const { showToast } = useToasts();
  const failureText = useFailureText();
  const queryClient = useQueryClient();

  /** Throws what the request throws. A notice tells what was changed; who calls shows what was refused. */
  async function act(ids: readonly string[], action: AlarmAction): Promise<AlarmBulkResult> {
    const result = await changeAlarms(ids, action);
    for (const id of result.changed) void queryClient.invalidateQueries({ queryKey: ["alarm", id] });
    void queryClient.invalidateQueries({ queryKey: ["alarms"] });
    if (result.changed.length > 0) {
      const text = t(`alarmPages.done.${action.kind}`, { count: result.changed.length });
      const undo = action.kind === "acknowledge" && (
        <Button
          size="compact-sm"
          variant="subtle"
          onClick={() => void run(result.changed, { kind: "unacknowledge" })}
        >
          {t("alarmPages.done.undo")}
        </Button>
      );
      showToast({ text, key: "alarms", ...(undo && { action: undo }) });
    }
    return result;
  }

  /** For what needs no dialog: shows refusals and failures as a notice too. */
  async function run(ids: readonly string[], action: AlarmAction): Promise<void> {
    try {
      const { refused } = await act(ids, action);
      const [first] = refused;
      if (first) showToast({ text: t(`alarmPages.refusal.${first.reason}`), tone: "failure" });
    } catch (error) {
      showToast({ text: failureText(error), tone: "failure" });
    }
  }
  return { act, run };
}
