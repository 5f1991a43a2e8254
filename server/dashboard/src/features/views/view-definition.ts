import type { ViewColumn, ViewDefinition } from "@muster/shared/contracts/saved-view.ts";
import { type FleetQuery, formatFleetQuery } from "../fleet/fleet-query.ts";

/** What the fleet page shows now and how, as a view stores it. */
export type ShownView = {
  query: FleetQuery;
  columns: readonly ViewColumn[];
  layout: ViewDefinition["layout"];
};

export function definitionOf({ query, columns, layout }: ShownView): ViewDefinition {
  return { query: { ...query, search: query.search.trim() }, columns: [...columns], density: null, layout };
}

/** Whether a view would show something else than what is shown. */
export function isChangedFrom(definition: ViewDefinition, shown: ShownView): boolean {
  return (
    formatFleetQuery(definition.query) !== formatFleetQuery(shown.query) ||
    definition.layout !== shown.layout ||
    (definition.columns.length > 0 && columnsText(definition.columns) !== columnsText(shown.columns))
  );
}

function columnsText(columns: readonly ViewColumn[]): string {
  return columns.map(({ id, widthPx }) => `${id} ${widthPx ?? ""}`).join("\n");
}
