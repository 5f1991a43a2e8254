import type { FleetSummary } from "@muster/shared/contracts/device.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Store } from "../../platform/database/store.ts";
import { toNullableInstant } from "../../platform/instant.ts";
import type { ReportRates } from "../ingest/report-rates.ts";
import { readSummaryGroups, readSummaryRest } from "./fleet-summary.repository.ts";
import { summarize } from "./summarize.ts";

export type FleetSummaries = {
  /** The figures of an organization, at most a second old: the devices are read no more often than that. */
  of(orgId: string): Promise<FleetSummary>;
};

const MAX_AGE_MS = 1_000;
const KEPT = 1_000;

export function createFleetSummaries(deps: {
  store: Store;
  clock: Clock;
  rates: ReportRates;
}): FleetSummaries {
  const { store, clock, rates } = deps;
  const kept = new Map<string, { summary: Promise<FleetSummary>; at: number }>();

  async function read(orgId: string): Promise<FleetSummary> {
    const { outageSince, ...rest } = await readSummaryRest(store.read, orgId);
    return {
      ...summarize(await readSummaryGroups(store.read, orgId, clock.now())),
      ...rest,
      reportsPerSecond: Math.round((await rates.perSecond(orgId)) * 100) / 100,
      outageSuspectedSince: toNullableInstant(outageSince),
    };
  }

  return {
    of(orgId) {
      const at = clock.monotonic();
      const known = kept.get(orgId);
      if (known && at - known.at < MAX_AGE_MS) return known.summary;
      if (kept.size >= KEPT) kept.clear();
      const summary = read(orgId);
      kept.set(orgId, { summary, at });
      summary.catch(() => kept.delete(orgId));
      return summary;
    },
  };
}
