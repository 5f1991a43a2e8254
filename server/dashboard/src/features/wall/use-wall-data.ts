import { useQuery } from "@tanstack/react-query";
import { callApi } from "../../api/client.ts";
import { paths } from "../../api/paths.ts";

const REFRESH_MS = 5_000;
/** Rows of the largest screens. More are counted. */
const MAX_ALARMS = 30;

/** What a wall display shows, read again every five seconds, also when nobody looks at the tab. */
export function useWallData(key: string | null) {
  const options = { refetchInterval: REFRESH_MS, refetchIntervalInBackground: true, retry: false };
  const request = { bearer: key ?? undefined, isAnonymous: key !== null };
  const organization = useQuery({
    queryKey: ["wall", "organization", key],
    queryFn: ({ signal }) => callApi("organization", paths.organization, { ...request, signal }),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  const summary = useQuery({
    ...options,
    queryKey: ["wall", "summary", key],
    queryFn: ({ signal }) => callApi("fleetSummary", paths.summary, { ...request, signal }),
  });
  const counts = useQuery({
    ...options,
    queryKey: ["wall", "alarm-counts", key],
    queryFn: ({ signal }) =>
      callApi("alarmSummary", paths.alarmSummary, { ...request, query: { state: "open" }, signal }),
  });
  const alarms = useQuery({
    ...options,
    queryKey: ["wall", "alarms", key],
    queryFn: ({ signal }) =>
      callApi("alarmPage", paths.alarms, {
        ...request,
        query: { state: "open", sort: "severity", limit: MAX_ALARMS },
        signal,
      }),
  });
  const all = [summary, counts, alarms];
  return {
    organization: organization.data?.name ?? null,
    summary: summary.data,
    counts: counts.data,
    alarms: alarms.data?.items,
    error: all.find(({ error }) => error !== null)?.error ?? null,
    retry: () => void Promise.all(all.map(({ refetch }) => refetch())),
    /** When everything on the screen was last read; 0 before that. */
    updatedAt: Math.min(...all.map(({ dataUpdatedAt }) => dataUpdatedAt)),
  };
}
