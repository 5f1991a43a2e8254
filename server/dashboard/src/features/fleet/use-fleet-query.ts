import { useMemo } from "react";
import { useLocation, useSearch } from "wouter";
import { EMPTY_QUERY, type FleetQuery, formatFleetQuery, parseFleetQuery } from "./fleet-query.ts";

/** The query in the page's address, and how to change it. Typing replaces the last step of the browser's history. */
export function useFleetQuery() {
  const search = useSearch();
  const [, navigate] = useLocation();
  const query = useMemo(() => parseFleetQuery(search), [search]);
  const go = (next: FleetQuery, replace: boolean) => {
    const text = formatFleetQuery(next);
    navigate(text === "" ? "/" : `/?${text}`, { replace });
  };
  return {
    query,
    change: (part: Partial<FleetQuery>, replace = false) => go({ ...query, ...part }, replace),
    clear: () => go({ ...EMPTY_QUERY, sort: query.sort, order: query.order }, false),
  };
}
