import type { DeviceFacets, FleetSummary } from "@muster/shared/contracts/device.ts";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { queries } from "../../api/queries.ts";
import { useLive } from "../../api/stream/live.tsx";
import { facetRequest } from "./facet-filter.tsx";
import { type FleetQuery, isNarrowed } from "./fleet-query.ts";

/**
 * The numbers above the list. `of` counts a choice under the other filters, so the numbers of each group add up; undefined while it
 * is not known. `matching` are the devices of the list, `total` those of the whole fleet.
 */
export type FleetTally = {
  total: number;
  matching: number | undefined;
  of: (facet: "attention" | "presence", value: string) => number | undefined;
  paused: number | undefined;
};

const TALLIED = ["attention", "presence", "paused"] as const;
const REFRESH_MS = 5_000;

/** The whole fleet comes with the stream; a narrowed list is counted by the server, again while devices change. */
export function useFleetTally(summary: FleetSummary, query: FleetQuery): FleetTally {
  const isCounted = isNarrowed(query);
  const request = queries.deviceFacets(facetRequest(TALLIED, query));
  const { data } = useQuery({ ...request, enabled: isCounted });
  useRefresh(request.queryKey, isCounted);
  return isCounted ? tallyOfFacets(summary.total, data) : tallyOfSummary(summary);
}

function tallyOfSummary({ total, attention, presence, paused }: FleetSummary): FleetTally {
  const counts: Record<string, Partial<Record<string, number>>> = { attention, presence };
  return { total, matching: total, of: (facet, value) => counts[facet]?.[value] ?? 0, paused };
}

export function tallyOfFacets(total: number, counted: DeviceFacets | undefined): FleetTally {
  const of = (name: (typeof TALLIED)[number], value: string) => {
    const facet = counted?.facets.find((one) => one.facet === name);
    return facet && (facet.choices.find((choice) => choice.value === value)?.devices ?? 0);
  };
  return { total, matching: counted?.total, of, paused: of("paused", "true") };
}

/** Counts again after changes, but not with each of them: the server goes through all devices. */
function useRefresh(queryKey: readonly unknown[], isEnabled: boolean): void {
  const { listen } = useLive();
  const queryClient = useQueryClient();
  const key = JSON.stringify(queryKey);
  useEffect(() => {
    if (!isEnabled) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const refresh = () => {
      timer = undefined;
      const known: unknown[] = JSON.parse(key);
      void queryClient.invalidateQueries({ queryKey: known });
    };
    const stop = listen({
      onDevices: () => {
        timer ??= setTimeout(refresh, REFRESH_MS);
      },
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [key, isEnabled, listen, queryClient]);
}
