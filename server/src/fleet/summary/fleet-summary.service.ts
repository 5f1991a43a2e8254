import { setImmediate } from "node:timers/promises";
import type { FleetSummary } from "@muster/shared/contracts/device.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Store } from "../../platform/database/store.ts";
import { toNullableInstant } from "../../platform/instant.ts";
import type { ReportRates } from "../ingest/report-rates.ts";
import {
  countArchived,
  readCustomers,
  readOutageSince,
  readScoreGroups,
  readStatusGroups,
  readTagNames,
  readUnknownHealthGroups,
} from "./fleet-summary.repository.ts";
import { countDevices, countByStatus, medianScore } from "./summarize.ts";

export type FleetSummaries = {
  /** The summary of an organization, at most a second old: devices are read once a second at most. */
  of(orgId: string): Promise<FleetSummary>;
  /** Reads the summary again, for a caller that knows of a change. Call it once a second at most. */
  refresh(orgId: string): Promise<FleetSummary>;
};

const MAX_AGE_MS = 1_000;
const MAX_CACHED_ORGANIZATIONS = 1_000;
const { compare: byName } = new Intl.Collator("en", { numeric: true });

export function createFleetSummaries(deps: {
  store: Store;
  clock: Clock;
  rates: ReportRates;
}): FleetSummaries {
  const { store, clock, rates } = deps;
  const { read } = store;
  const cached = new Map<string, { summary: Promise<FleetSummary>; at: number }>();

  async function summarize(orgId: string): Promise<FleetSummary> {
    const scores = await readScoreGroups(read, orgId);
    // On SQLite each read holds this thread for as long as it takes, so others go between.
    await setImmediate();
    const statusGroups = await readStatusGroups(read, orgId, clock.now());
    const areAllKnown = countDevices(scores) === countDevices(statusGroups);
    const unknown = areAllKnown ? [] : await readUnknownHealthGroups(read, orgId);
    await setImmediate();
    return {
      ...countByStatus(statusGroups, unknown),
      medianScore: medianScore(scores),
      archived: await countArchived(read, orgId),
      reportsPerSecond: Math.round((await rates.perSecond(orgId)) * 100) / 100,
      customers: (await readCustomers(read, orgId)).toSorted(byName),
      tags: (await readTagNames(read, orgId)).toSorted(byName),
      outageSuspectedSince: toNullableInstant(await readOutageSince(read, orgId)),
    };
  }

  function refresh(orgId: string): Promise<FleetSummary> {
    if (cached.size >= MAX_CACHED_ORGANIZATIONS) cached.clear();
    const summary = summarize(orgId);
    cached.set(orgId, { summary, at: clock.monotonic() });
    summary.catch(() => cached.delete(orgId));
    return summary;
  }

  return {
    of(orgId) {
      const known = cached.get(orgId);
      return known && clock.monotonic() - known.at < MAX_AGE_MS ? known.summary : refresh(orgId);
    },
    refresh,
  };
}
