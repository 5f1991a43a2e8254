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
  readStandingGroups,
  readTagNames,
  readUnknownGroups,
} from "./fleet-summary.repository.ts";
import { countDevices, countStandings, medianScore } from "./summarize.ts";

export type FleetSummaries = {
  /** The figures of an organization, at most a second old: the devices are read no more often than that. */
  of(orgId: string): Promise<FleetSummary>;
  /** The figures as they are now: for whoever was told that they changed, once a second at most. */
  anew(orgId: string): Promise<FleetSummary>;
};

const MAX_AGE_MS = 1_000;
const KEPT = 1_000;
const { compare: byName } = new Intl.Collator("en", { numeric: true });

export function createFleetSummaries(deps: {
  store: Store;
  clock: Clock;
  rates: ReportRates;
}): FleetSummaries {
  const { store, clock, rates } = deps;
  const { read } = store;
  const kept = new Map<string, { summary: Promise<FleetSummary>; at: number }>();

  async function summarize(orgId: string): Promise<FleetSummary> {
    const scores = await readScoreGroups(read, orgId);
    // On SQLite each read holds this thread for as long as it takes, so others go between.
    await setImmediate();
    const standings = await readStandingGroups(read, orgId, clock.now());
    const areAllKnown = countDevices(scores) === countDevices(standings);
    const unknown = areAllKnown ? [] : await readUnknownGroups(read, orgId);
    await setImmediate();
    return {
      ...countStandings(standings, unknown),
      medianScore: medianScore(scores),
      archived: await countArchived(read, orgId),
      reportsPerSecond: Math.round((await rates.perSecond(orgId)) * 100) / 100,
      customers: (await readCustomers(read, orgId)).toSorted(byName),
      tags: (await readTagNames(read, orgId)).toSorted(byName),
      outageSuspectedSince: toNullableInstant(await readOutageSince(read, orgId)),
    };
  }

  function anew(orgId: string): Promise<FleetSummary> {
    if (kept.size >= KEPT) kept.clear();
    const summary = summarize(orgId);
    kept.set(orgId, { summary, at: clock.monotonic() });
    summary.catch(() => kept.delete(orgId));
    return summary;
  }

  return {
    of(orgId) {
      const known = kept.get(orgId);
      return known && clock.monotonic() - known.at < MAX_AGE_MS ? known.summary : anew(orgId);
    },
    anew,
  };
}
