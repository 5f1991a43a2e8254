import type { FleetAvailability } from "@muster/shared/contracts/availability.ts";
import type { PublicStatus } from "@muster/shared/contracts/status-page.ts";
import {
  availabilityRangeOf,
  filterOfScope,
  fleetAvailabilityRead,
  groupStatusRead,
  type GroupStatuses,
} from "../../fleet/index.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Store } from "../../platform/database/store.ts";
import type { Reads } from "../../platform/read-threads/reads.ts";
import { wholeOrganization } from "../../platform/tenant.ts";
import { readIncidents } from "./incident.repository.ts";
import { publicStatusOf, type ShownAvailability } from "./public-status.ts";
import { componentsOf } from "./status-page.service.ts";
import type { StatusPageRow } from "./status-page.tables.ts";

/** Visitors share what was read during this time, so that their number does not matter. */
const MAX_AGE_MS = 5_000;
/** What is past changes rarely, and costs the most. */
const MAX_AVAILABILITY_AGE_MS = 5 * 60_000;
const MAX_READ_MS = 15_000;
/** Maintenance is named this long before it begins. */
const AHEAD_MS = 14 * 24 * 3_600_000;
const MAX_CACHED_PAGES = 200;

export type PublicStatuses = {
  /** What visitors see of a page. Another version of it is read immediately. */
  read(page: StatusPageRow): Promise<PublicStatus>;
  /** Lets this server read the incidents of an organization again. Other servers see them after some seconds. */
  forget(orgId: string): void;
};

export function createPublicStatuses(deps: { store: Store; reads: Reads; clock: Clock }): PublicStatuses {
  const { store, reads, clock } = deps;
  const statuses = createSharedResults<PublicStatus>(clock, MAX_AGE_MS);
  const availabilities = createSharedResults<ShownAvailability[]>(clock, MAX_AVAILABILITY_AGE_MS);

  async function readAvailability(page: StatusPageRow): Promise<ShownAvailability[]> {
    const now = clock.now();
    const tenant = wholeOrganization(page.org_id);
    const range = availabilityRangeOf({}, now);
    const found: ShownAvailability[] = [];
    for (const { scope } of componentsOf(page)) {
      const input = { tenant, filter: filterOfScope(scope), range, now };
      const { text } = await reads.run(fleetAvailabilityRead, input, readerOf(page));
      const { total, days }: FleetAvailability = JSON.parse(text);
      found.push({ total, days });
    }
    return found;
  }

  async function readStatus(page: StatusPageRow): Promise<PublicStatus> {
    const now = clock.now();
    const groups = componentsOf(page).map(({ scope }) => scope);
    const input = { orgId: page.org_id, groups, now, until: now + AHEAD_MS };
    const [{ text }, availability, incidents] = await Promise.all([
      reads.run(groupStatusRead, input, readerOf(page)),
      availabilities.get(keyOf(page), () => readAvailability(page)),
      readIncidents(store.read, page.org_id),
    ]);
    const read: GroupStatuses = JSON.parse(text);
    return publicStatusOf(page, { statuses: read, availability, incidents, now });
  }

  return {
    read: (page) => statuses.get(keyOf(page), () => readStatus(page)),
    forget: (orgId) => statuses.forget(`${orgId} `),
  };
}

function keyOf({ org_id, edit_version }: StatusPageRow): string {
  return `${org_id} ${edit_version}`;
}

function readerOf({ org_id }: StatusPageRow) {
  return { orgId: org_id, signal: AbortSignal.timeout(MAX_READ_MS) };
}

/** Results by key, each made once for all who ask within `maxAgeMs`. Failures are not kept. */
function createSharedResults<Result>({ monotonic }: Pick<Clock, "monotonic">, maxAgeMs: number) {
  const results = new Map<string, { at: number; result: Promise<Result> }>();
  return {
    get(key: string, make: () => Promise<Result>): Promise<Result> {
      const known = results.get(key);
      if (known && monotonic() - known.at < maxAgeMs) return known.result;
      const made = { at: monotonic(), result: make() };
      results.delete(key);
      results.set(key, made);
      made.result.catch(() => {
        if (results.get(key) === made) results.delete(key);
      });
      for (const oldest of results.keys()) {
        if (results.size <= MAX_CACHED_PAGES) break;
        results.delete(oldest);
      }
      return made.result;
    },
    forget(prefix: string): void {
      for (const key of results.keys()) if (key.startsWith(prefix)) results.delete(key);
    },
  };
}
