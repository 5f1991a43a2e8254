import type { AlarmRule } from "@muster/shared/contracts/alarm-rule.ts";
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { callApi } from "../../api/client.ts";
import { paths } from "../../api/paths.ts";
import { useToasts } from "../../ui/toasts.tsx";
import { useFailureText } from "../../ui/use-failure-text.ts";
import { useSession } from "../session/session-context.tsx";

export const ruleQueries = {
  list: () =>
    queryOptions({
      queryKey: ["alarm-rules"],
      queryFn: ({ signal }) => callApi("alarmRules", paths.alarmRules, { signal }),
      // The counts of open alarms change without an edit.
      refetchInterval: 60_000,
    }),
  one: (id: string) =>
    queryOptions({
      queryKey: ["alarm-rule", id],
      queryFn: ({ signal }) => callApi("alarmRule", paths.alarmRule(id), { signal }),
    }),
  packs: () =>
    queryOptions({
      queryKey: ["alarm-rule-packs"],
      queryFn: ({ signal }) => callApi("alarmRulePacks", paths.alarmRulePacks, { signal }),
    }),
  ofDevice: (id: string) =>
    queryOptions({
      queryKey: ["device-alarm-rules", id],
      queryFn: ({ signal }) => callApi("effectiveAlarmRules", paths.deviceAlarmRules(id), { signal }),
      // Each report may change what a rule finds.
      refetchInterval: 15_000,
    }),
};

/** Whether the user may change rules. */
export function useMayEditRules(): boolean {
  const { may, customers: limit } = useSession();
  return may("admin") && limit === null;
}

/** Reads the rules again after a change. */
export function useRefreshRules(): () => Promise<void> {
  const queryClient = useQueryClient();
  return async () => {
    void queryClient.invalidateQueries({ queryKey: ["device-alarm-rules"] });
    await queryClient.invalidateQueries({ queryKey: ["alarm-rules"] });
  };
}

/** Changes of a rule that need no form. Failures are shown as toasts. */
export function useRuleChange() {
  const { showToast } = useToasts();
  const failureText = useFailureText();
  const refresh = useRefreshRules();
  const queryClient = useQueryClient();
  const onError = (error: unknown) => {
    showToast({ text: failureText(error), tone: "failure" });
    void refresh();
  };
  const enable = useMutation({
    mutationFn: ({ rule, isEnabled }: { rule: AlarmRule; isEnabled: boolean }) =>
      callApi("alarmRule", paths.alarmRule(rule.id), {
        method: "PATCH",
        body: { isEnabled },
        ifMatch: rule.version,
      }),
    onSuccess: refresh,
    onError,
  });
  const order = useMutation({
    mutationFn: (ids: readonly string[]) =>
      callApi("alarmRules", paths.alarmRuleOrder, { method: "PUT", body: { ids } }),
    onSuccess: (rules) => queryClient.setQueryData(ruleQueries.list().queryKey, rules),
    onError,
  });
  const duplicate = useMutation({
    mutationFn: (id: string) => callApi("alarmRule", paths.alarmRuleDuplicate(id), { method: "POST" }),
    onSuccess: refresh,
    onError,
  });
  return { enable, order, duplicate };
}
