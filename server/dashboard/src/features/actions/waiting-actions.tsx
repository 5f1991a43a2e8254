import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { readActions } from "../../api/action-calls.ts";
import { useLive } from "../../api/stream/live.tsx";
import { useFormats, useTranslations } from "../../i18n/translations.tsx";
import { useActionTexts } from "./action-catalog.ts";

/** The actions that are pending for a device that is offline. */
export function WaitingActions({ deviceId }: { deviceId: string }) {
  const { t } = useTranslations();
  const formats = useFormats();
  const textsOf = useActionTexts();
  const { listen } = useLive();
  const { data, refetch } = useQuery({
    queryKey: ["waiting-actions", deviceId],
    queryFn: ({ signal }) => readActions({ deviceId, state: "pending" }, { signal }),
  });
  useEffect(() => listen({ onActions: () => void refetch() }), [listen, refetch]);
  if (!data || data.items.length === 0) return null;
  const types = [...new Set(data.items.map(({ type }) => type))];
  const list = formats.list(types.map((type) => textsOf(type).label));
  return <> {t("actions.waitingForIt", { list })}</>;
}
