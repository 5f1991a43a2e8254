import { queryOptions, useQueryClient } from "@tanstack/react-query";
import type { HelpThread } from "@muster/shared/contracts/device-support.ts";
import { callApi } from "../../api/client.ts";
import { paths } from "../../api/paths.ts";

/** The local user writes and reads without an edit of this page. */
const REFRESH_MS = 10_000;

export function helpThreadQuery(alarmId: string) {
  return queryOptions({
    queryKey: ["help-request", alarmId],
    queryFn: ({ signal }) => callApi("helpThread", paths.helpRequest(alarmId), { signal }),
    refetchInterval: REFRESH_MS,
  });
}

/** Shows the thread as the server returned it after an answer. */
export function useTakeHelpThread(): (thread: HelpThread) => void {
  const queryClient = useQueryClient();
  return (thread) => queryClient.setQueryData(helpThreadQuery(thread.alarmId).queryKey, thread);
}
