import { ActionIcon, Tooltip } from "@mantine/core";
import type { NewWatch, Watch } from "@muster/shared/contracts/watch.ts";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Bell, BellRing } from "lucide-react";
import { callApi } from "../../api/client.ts";
import { paths } from "../../api/paths.ts";
import { queries } from "../../api/queries.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { useToasts } from "../../ui/toasts.tsx";
import { useFailureText } from "../../ui/use-failure-text.ts";

type WatchButtonProps = NewWatch & { until: Watch["until"]; size?: number };

/** Has the user told once that something is back, offline, or over. Not shown to somebody who can be told neither by mail nor in a browser. */
export function WatchButton({ kind, targetId, until, size = 34 }: WatchButtonProps) {
  const { t } = useTranslations();
  const { showToast } = useToasts();
  const failureText = useFailureText();
  const queryClient = useQueryClient();
  const { data } = useQuery(queries.watches());
  const active = data?.items.find((watch) => watch.kind === kind && watch.targetId === targetId);
  const toggle = useMutation({
    async mutationFn() {
      if (active) await callApi("nothing", paths.watch(active.id), { method: "DELETE" });
      else await callApi("watch", paths.watches, { method: "POST", body: { kind, targetId } });
    },
    onSuccess: () => showToast({ text: t(active ? "watches.stopped" : "watches.started") }),
    onError: (error) => showToast({ text: failureText(error), tone: "failure" }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ["watches"] }),
  });
  if (!data?.isReachable) return null;
  const label = t(`watches.${active?.until ?? until}`);
  const Icon = active ? BellRing : Bell;
  return (
    <Tooltip label={active ? `${label}. ${t("watches.active")}` : label}>
      <ActionIcon
        size={size}
        variant={active ? "filled" : "default"}
        aria-label={label}
        aria-pressed={active !== undefined}
        loading={toggle.isPending}
        onClick={() => toggle.mutate()}
      >
        <Icon size={size > 30 ? 18 : 16} />
      </ActionIcon>
    </Tooltip>
  );
}
