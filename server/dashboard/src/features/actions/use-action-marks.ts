import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { readActions } from "../../api/action-calls.ts";
import { useLive } from "../../api/stream/live.tsx";

const NEWEST = 200;

/** When this device was asked for something, epoch milliseconds: the newest actions, for marks on a time axis. */
export function useActionMarks(deviceId: string): readonly number[] {
  const { listen } = useLive();
  const { data, refetch } = useQuery({
    queryKey: ["action-marks", deviceId],
    queryFn: ({ signal }) => readActions({ deviceId }, { limit: NEWEST, signal }),
  });
  useEffect(() => listen({ onActions: () => void refetch() }), [listen, refetch]);
  return useMemo(() => (data?.items ?? []).map(({ askedAt }) => Date.parse(askedAt)), [data]);
}
