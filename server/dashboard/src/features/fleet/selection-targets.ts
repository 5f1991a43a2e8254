import type { DeviceMatch, DeviceTargets } from "@muster/shared/contracts/device-match.ts";
import type { DeviceSummary } from "@muster/shared/contracts/device.ts";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ApiError } from "../../api/api-error.ts";
import { countDevices } from "../../api/device-calls.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { type FleetQuery, toRequestQuery } from "./fleet-query.ts";

/** All devices that match the filters, with the number that the user saw. */
export type Matching = { query: FleetQuery; count: number };

/** What a bulk change is about: the devices that are selected, or all that match. `devices` are those that are loaded. */
export type SelectionTargets = { devices: readonly DeviceSummary[]; matching: Matching | null };

export function countOf({ devices, matching }: SelectionTargets): number {
  return matching?.count ?? devices.length;
}

/** The devices as a request names them. */
export function targetsOf(deviceIds: readonly string[], matching: Matching | null): DeviceTargets {
  if (matching === null) return { deviceIds: [...deviceIds] };
  return { filter: filterOf(matching.query), expectedCount: matching.count };
}

/** The filter of a list without its order, as a body has it. */
function filterOf(query: FleetQuery): DeviceMatch {
  const { sort: _, order: __, ...filters } = toRequestQuery(query);
  const given = Object.entries(filters).filter(([, value]) => !Array.isArray(value) || value.length > 0);
  const filter: DeviceMatch = { archived: query.archived, ...Object.fromEntries(given) };
  return filter;
}

/** How many devices match; asked only while `isEnabled`. */
export function useMatchingCount(query: FleetQuery, isEnabled: boolean): number | undefined {
  return useQuery({ ...countQuery(query), enabled: isEnabled }).data;
}

/**
 * The devices of a dialog. When the server answers that another number matches by now, `recount` reads it: the dialog shows it, and
 * nothing was changed.
 */
export function useMatching(given: Matching | null) {
  const { t } = useTranslations();
  const client = useQueryClient();
  const [matching, setMatching] = useState(given);
  const [notice, setNotice] = useState<string | null>(null);
  return {
    matching,
    notice,
    /** False when the failure is another one. */
    async recount(error: unknown): Promise<boolean> {
      setNotice(null);
      if (matching === null || !isOtherCount(error)) return false;
      try {
        const count = await client.fetchQuery({ ...countQuery(matching.query), staleTime: 0 });
        setMatching({ ...matching, count });
        setNotice(t("fleet.selection.otherCount", { count }));
        return true;
      } catch {
        return false; // The dialog shows the failure that it has.
      }
    },
  };
}

function countQuery(query: FleetQuery) {
  const { sort: _, order: __, ...filters } = toRequestQuery(query);
  return { queryKey: ["device-count", filters], queryFn: () => countDevices(filters), staleTime: 10_000 };
}

function isOtherCount(error: unknown): boolean {
  return (
    error instanceof ApiError &&
    error.code === "conflict" &&
    error.details.some(({ path }) => path === "expectedCount")
  );
}
