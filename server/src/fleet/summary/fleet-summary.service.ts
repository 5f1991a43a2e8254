import { setImmediate } from "node:timers/promises";
import type { FleetSummary } from "@muster/shared/contracts/device.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Store } from "../../platform/database/store.ts";
import { toNullableInstant } from "../../platform/instant.ts";
import type { ReportRates } from "../ingest/report-rates.ts";
import {
  countArchived,
  readCustomersWithDevices,
  readExpectedRate,
  readScoreGroups,
  readStatusGroups,
  readTagNames,
  readUnknownHealthGroups,
} from "./fleet-summary.repository.ts";
import { readOutageSince } from "../presence/outage.repository.ts";
import { countDevices, countByStatus, medianScore } from "./summarize.ts";
import { type Tenant, tenantKeyOf } from "../../platform/tenant.ts";

export type FleetSummaries = {
  /** The summary of a tenant, at most a second old: devices are read once a second at most. */
  of(tenant: Tenant): Promise<FleetSummary>;
  /** Reads the summary again, for a caller that knows of a change. Call it once a second at most. */
  refresh(tenant: Tenant): Promise<FleetSummary>;
};

const MAX_AGE_MS = 1_000;
const MAX_CACHED_TENANTS = 1_000;
const { compare: byName } = new Intl.Collator("en", { numeric: true });

export function createFleetSummaries(deps: {
  store: Store;
  clock: Clock;
  rates: ReportRates;
}): FleetSummaries {
  const { store, clock, rates } = deps;
  const { read } = store;
  const cached = new Map<string, { summary: Promise<FleetSummary>; at: number }>();

  async function summarize(tenant: Tenant): Promise<FleetSummary> {
    const scores = await readScoreGroups(read, tenant);
    // On SQLite each read holds this thread for as long as it takes, so others go between.
    await setImmediate();
    const statusGroups = await readStatusGroups(read, tenant, clock.now());
    const areAllKnown = countDevices(scores) === countDevices(statusGroups);
    const unknown = areAllKnown ? [] : await readUnknownHealthGroups(read, tenant);
    await setImmediate();
    return {
      ...countByStatus(statusGroups, unknown),
      medianScore: medianScore(scores),
      archived: await countArchived(read, tenant),
      reportsPerSecond: Math.round((await rateOf(tenant)) * 100) / 100,
      customers: await readCustomersWithDevices(read, tenant),
      tags: (await readTagNames(read, tenant)).toSorted(byName),
      outageSuspectedSince: toNullableInstant(await readOutageSince(read, tenant)),
    };
  }

  /** Reports are counted by organization only. */
  function rateOf(tenant: Tenant): Promise<number> {
    return tenant.customerIds === null ? rates.perSecond(tenant.orgId) : readExpectedRate(read, tenant);
  }

  function refresh(tenant: Tenant): Promise<FleetSummary> {
    if (cached.size >= MAX_CACHED_TENANTS) cached.clear();
    const summary = summarize(tenant);
    const key = tenantKeyOf(tenant);
    cached.set(key, { summary, at: clock.monotonic() });
    summary.catch(() => cached.delete(key));
    return summary;
  }

  return {
    of(tenant) {
      const known = cached.get(tenantKeyOf(tenant));
      return known && clock.monotonic() - known.at < MAX_AGE_MS ? known.summary : refresh(tenant);
    },
    refresh,
  };
}
