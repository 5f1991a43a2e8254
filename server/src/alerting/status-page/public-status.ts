import {
  ComponentState,
  type PublicStatus,
  type StatusIncident,
} from "@muster/shared/contracts/status-page.ts";
import type { FleetAvailability } from "@muster/shared/contracts/availability.ts";
import type { GroupStatuses } from "../../fleet/index.ts";
import { toInstant, toNullableInstant } from "../../platform/instant.ts";
import { toStatusIncident } from "./incident.service.ts";
import { componentsOf } from "./status-page.service.ts";
import type { StatusIncidentRow, StatusPageRow } from "./status-page.tables.ts";

const SHOWN_MS = 90 * 24 * 3_600_000;
const MAX_INCIDENTS = 30;
const STATES = ComponentState.options;

export type ShownAvailability = Pick<FleetAvailability, "total" | "days">;

/** What visitors read: names that members chose, and nothing else about the devices. */
export function publicStatusOf(
  page: StatusPageRow,
  {
    statuses,
    availability,
    incidents,
    now,
  }: {
    statuses: GroupStatuses;
    /** By component, in their order. */
    availability: readonly ShownAvailability[];
    incidents: readonly StatusIncidentRow[];
    now: number;
  },
): PublicStatus {
  const shown = incidents
    .filter(({ resolved_at }) => resolved_at === null || resolved_at > now - SHOWN_MS)
    .slice(0, MAX_INCIDENTS)
    .map(toStatusIncident);
  const given = componentsOf(page);
  const nameOf = new Map(given.map(({ id, name }) => [id, name]));
  const components = given.map(({ id, name }, index) => {
    const counts = statuses.counts[index];
    const { total, days } = availability[index] ?? { total: { percent: null }, days: [] };
    return {
      name,
      state: worstOf([counts ? stateOf(counts) : "no-data", ...impactsOn(id, shown)]),
      lastReportAt: toNullableInstant(counts?.lastReportAt ?? null),
      percent: total.percent,
      days: days.map(({ day, percent }) => ({ day, percent })),
    };
  });
  return {
    title: page.title,
    intro: page.intro,
    state: worstOf(components.map(({ state }) => state)),
    checkedAt: toInstant(now),
    components,
    incidents: shown.map(({ id: _, componentIds, ...incident }) => ({
      ...incident,
      components: componentIds.flatMap((id) => nameOf.get(id) ?? []),
    })),
    maintenance: statuses.maintenance.map(({ startsAt, endsAt, groups }) => ({
      startsAt: toInstant(startsAt),
      endsAt: toInstant(endsAt),
      components: groups.flatMap((index) => given[index]?.name ?? []),
    })),
  };
}

/** The state of a component by its devices. Excused absence, as of a laptop that sleeps, is none. */
function stateOf({ total, absent, inMaintenance, waiting }: GroupStatuses["counts"][number]): ComponentState {
  if (total === waiting) return "no-data";
  const expected = total - waiting - inMaintenance;
  if (absent === 0) return expected === 0 ? "maintenance" : "operational";
  return absent === expected ? "outage" : "partial-outage";
}

function impactsOn(componentId: string, incidents: readonly StatusIncident[]): ComponentState[] {
  return incidents.flatMap(({ componentIds, impact, resolvedAt }) =>
    resolvedAt === null && componentIds.includes(componentId) ? [impact] : [],
  );
}

function worstOf(states: readonly ComponentState[]): ComponentState {
  return STATES[Math.max(0, ...states.map((state) => STATES.indexOf(state)))] ?? "operational";
}
