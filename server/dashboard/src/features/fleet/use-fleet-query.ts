import type { SavedViews } from "@muster/shared/contracts/saved-view.ts";
import { useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { useLocation, useSearch } from "wouter";
import { queries } from "../../api/queries.ts";
import {
  EMPTY_QUERY,
  type FleetQuery,
  formatFleetQuery,
  isNarrowed,
  parseFleetQuery,
} from "./fleet-query.ts";
import { addressOf, NO_VIEW, viewIdOf } from "./view-address.ts";

/** The query in the page's address, and how to change it. Typing replaces the last step of the browser's history. */
export function useFleetQuery() {
  const search = useSearch();
  const [, navigate] = useLocation();
  const queryClient = useQueryClient();
  const query = useMemo(() => parseFleetQuery(search), [search]);
  const viewId = viewIdOf(search);
  const go = (next: FleetQuery, replace: boolean) => {
    const text = formatFleetQuery(next);
    const views = queryClient.getQueryData<SavedViews>(queries.views().queryKey);
    const view = views?.items.find(({ id }) => id === viewId)?.definition.query;
    // Who shows all devices again has left a view with filters.
    const hasLeft = isNarrowed(query) && !isNarrowed(next) && (!view || isNarrowed(view));
    const isWholeView = view !== undefined && formatFleetQuery(view) === "";
    if (text !== "" || isWholeView) return navigate(addressOf(hasLeft ? null : viewId, text), { replace });
    // Without filters, the plain address would open the view that comes first.
    navigate(addressOf(views?.defaultViewId ? NO_VIEW : null, ""), { replace });
  };
  return {
    query,
    viewId,
    change: (part: Partial<FleetQuery>, replace = false) => go({ ...query, ...part }, replace),
    clear: () => go({ ...EMPTY_QUERY, sort: query.sort, order: query.order }, false),
  };
}
