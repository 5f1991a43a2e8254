import { queryOptions, useQueryClient } from "@tanstack/react-query";
import { callApi } from "../../api/client.ts";
import { paths } from "../../api/paths.ts";

/** States on the page change without an edit. */
const REFRESH_MS = 30_000;

export const statusQueries = {
  settings: () =>
    queryOptions({
      queryKey: ["status-page"],
      queryFn: ({ signal }) => callApi("statusPage", paths.statusPage, { signal }),
    }),
  preview: () =>
    queryOptions({
      queryKey: ["status-page-preview"],
      queryFn: ({ signal }) => callApi("publicStatus", paths.statusPagePreview, { signal }),
      refetchInterval: REFRESH_MS,
    }),
  incidents: () =>
    queryOptions({
      queryKey: ["status-incidents"],
      queryFn: ({ signal }) => callApi("statusIncidents", paths.statusIncidents, { signal }),
    }),
};

/** Reads again what visitors see, after a change. */
export function useRefreshStatus(): () => Promise<void> {
  const queryClient = useQueryClient();
  return async () => {
    void queryClient.invalidateQueries({ queryKey: ["status-page-preview"] });
    await queryClient.invalidateQueries({ queryKey: ["status-incidents"] });
  };
}
