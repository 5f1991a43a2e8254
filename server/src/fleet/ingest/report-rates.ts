import type { Clock } from "../../platform/clock.ts";
import type { Store } from "../../platform/database/store.ts";
import type { Job } from "../../platform/jobs/job.ts";
import { readReportRate, writeReportRates } from "./report-rate.repository.ts";

/** How many reports each organization sends, over all servers. */
export type ReportRates = {
  count(orgId: string): void;
  /** Reports per second over about the last minute. */
  perSecond(orgId: string): Promise<number>;
  /** Stores the share of this server, for the others. */
  job: Job;
};

const EVERY_MS = 10_000;
const WINDOW_MS = 60_000;
/** A server that stored no rate for this time has stopped; its rate no longer counts. */
const STALE_MS = 3 * EVERY_MS;

type Slot = { at: number; counts: Map<string, number> };

export function createReportRates(deps: { store: Store; clock: Clock; serverId: string }): ReportRates {
  const { store, clock, serverId } = deps;
  let slots: Slot[] = [{ at: clock.monotonic(), counts: new Map() }];
  let written = new Set<string>();

  /** The rate of every organization; 0 for one whose reports just stopped. */
  function takeRates(): Map<string, number> {
    const now = clock.monotonic();
    const [oldest] = slots;
    const spanS = Math.max(1, (now - (oldest?.at ?? now)) / 1000);
    const rates = new Map([...written].map((orgId) => [orgId, 0]));
    for (const { counts } of slots) {
      for (const [orgId, count] of counts) rates.set(orgId, (rates.get(orgId) ?? 0) + count / spanS);
    }
    slots = [...slots.filter(({ at }) => now - at < WINDOW_MS), { at: now, counts: new Map() }];
    return rates;
  }

  return {
    count(orgId) {
      const counts = slots.at(-1)?.counts;
      counts?.set(orgId, (counts.get(orgId) ?? 0) + 1);
    },
    perSecond: (orgId) => readReportRate(store.read, orgId, clock.now() - STALE_MS),
    job: {
      name: "fleet-report-rates",
      everyMs: EVERY_MS,
      isPerServer: true,
      async run() {
        const rates = takeRates();
        if (rates.size === 0) return;
        await store.transaction((tx) => writeReportRates(tx, serverId, clock.now(), rates));
        written = new Set([...rates].filter(([, rate]) => rate > 0).map(([orgId]) => orgId));
      },
    },
  };
}
