import type { ViewColumn, ViewDefinition } from "@muster/shared/contracts/saved-view.ts";
import { type FleetQuery, formatFleetQuery } from "../fleet/fleet-query.ts";
import { type FleetLayout, parseFleetLayout } from "../fleet/use-columns.ts";

/** What the fleet page shows now and how, as a view stores it. */
export type ShownView = {
  query: FleetQuery;
  table: FleetLayout;
  layout: ViewDefinition["layout"];
};

export function definitionOf({ query, table, layout }: ShownView): ViewDefinition {
  return {
    query: { ...query, search: query.search.trim() },
    columns: viewColumnsOf(table),
    density: table.density,
    layout,
  };
}

/** The table of a view; what the view leaves to the reader is as in `own`. */
export function tableOf({ columns, density }: ViewDefinition, own: FleetLayout): FleetLayout {
  const widths = columns.map(({ id, widthPx }) => ({ id, ...(widthPx !== null && { widthPx }) }));
  return parseFleetLayout({
    columns: columns.length > 0 ? widths : own.columns,
    density: density ?? own.density,
  });
}

/** Whether a view would show something else than what is shown. */
export function isChangedFrom(definition: ViewDefinition, shown: ShownView): boolean {
  return (
    formatFleetQuery(definition.query) !== formatFleetQuery(shown.query) ||
    definition.layout !== shown.layout ||
    (definition.density !== null && definition.density !== shown.table.density) ||
    (definition.columns.length > 0 &&
      columnsText(definition.columns) !== columnsText(viewColumnsOf(shown.table)))
  );
}

function viewColumnsOf({ columns }: FleetLayout): ViewColumn[] {
  return columns.map(({ id, widthPx = null }) => ({ id, widthPx }));
}

function columnsText(columns: readonly ViewColumn[]): string {
  return columns.map(({ id, widthPx }) => `${id} ${widthPx ?? ""}`).join("\n");
}
