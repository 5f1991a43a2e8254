import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { readActions } from "../../api/action-calls.ts";
import { useLive } from "../../api/stream/live.tsx";
import { useFormats, useWords } from "../../i18n/words.tsx";
import { useActionWords } from "./action-catalog.ts";

/** What waits for a device that is not there, in its words. */
export function WaitingActions({ deviceId }: { deviceId: string }) {
  const { t } = useWords();
  const formats = useFormats();
  const wordsOf = useActionWords();
  const { listen } = useLive();
  const { data, refetch } = useQuery({
    queryKey: ["waiting-actions", deviceId],
    queryFn: ({ signal }) => readActions({ deviceId, state: "pending" }, { signal }),
  });
  useEffect(() => listen({ onActions: () => void refetch() }), [listen, refetch]);
  if (!data || data.items.length === 0) return null;
  const types = [...new Set(data.items.map(({ type }) => type))];
  const list = formats.list(types.map((type) => wordsOf(type).label));
  return <> {t("actions.waitingForIt", { list })}</>;
}
