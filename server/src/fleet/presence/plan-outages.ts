import {
  type MissingDevice,
  organizationThreshold,
  type OutageHold,
  siteThreshold,
  updateOutageHold,
} from "./outage-hold.ts";
import { type Site, siteKeyOf } from "./site.ts";

/** The suspected outage of a site. */
export type SiteHold = OutageHold & { site: Site };

/** The suspected outages of an organization; sites by `siteKeyOf`. */
export type OutageHolds = { organization: OutageHold | null; sites: ReadonlyMap<string, SiteHold> };

export const NO_HOLDS: OutageHolds = { organization: null, sites: new Map() };

export type MissingAtSite = MissingDevice & { site: Site };

export type OutagesInput = {
  holds: OutageHolds;
  /** Devices that are online or late, missed a report and did not say why. */
  missing: readonly MissingAtSite[];
  /** Devices that are offline without a last word since an outage of their site that still lasts. */
  offline: readonly MissingAtSite[];
  /** Devices that are online, or late without a last word, by site. */
  connected: readonly { site: Site; devices: number }[];
  observedNow: number;
  now: number;
};

/**
 * Decides which outages of an organization are suspected. Devices that stop together at one site are an outage of that site; where more stop
 * at the same time than the largest of these sites explains, it is one of the organization, and its sites have none of their own. Returns the
 * given holds when nothing changes.
 */
export function planOutages(input: OutagesInput): OutageHolds {
  const { holds, missing } = input;
  const connected = connectedBySite(input);
  const lasting = lastingSites(input, connected);
  const others = missing.filter(({ site }) => !lasting.has(keyOf(site)));
  if (holds.organization) {
    const threshold = organizationThreshold(sumExcept(connected, lasting));
    const organization = updateOutageHold({ ...input, hold: holds.organization, missing: others, threshold });
    return unlessSame(holds, { organization, sites: lasting });
  }
  const failing = failingSites(input, others, connected);
  const organization = beginningEverywhere(input, { others, failing, lasting, connected });
  const sites = organization ? lasting : new Map([...lasting, ...failing]);
  return unlessSame(holds, { organization, sites });
}

/** The outages of sites that go on, as they are now. */
function lastingSites(input: OutagesInput, connected: Counts): Map<string, SiteHold> {
  const { holds } = input;
  const sites = new Map<string, SiteHold>();
  if (holds.sites.size === 0) return sites;
  const missing = Map.groupBy(input.missing, ({ site }) => keyOf(site));
  const offline = Map.groupBy(input.offline, ({ site }) => keyOf(site));
  for (const [key, held] of holds.sites) {
    const offlineHere = (offline.get(key) ?? []).filter(({ missedAt }) => missedAt >= held.missedFrom);
    const missingHere = [...(missing.get(key) ?? []), ...offlineHere];
    const threshold = siteThreshold((connected.get(key) ?? 0) + offlineHere.length);
    const hold = updateOutageHold({ ...input, hold: held, missing: missingHere, threshold });
    if (hold) sites.set(key, hold === held ? held : { ...hold, site: held.site });
  }
  return sites;
}

/** The sites at which an outage begins. */
function failingSites(
  input: OutagesInput,
  others: readonly MissingAtSite[],
  connected: Counts,
): Map<string, SiteHold> {
  const sites = new Map<string, SiteHold>();
  for (const [key, missing] of Map.groupBy(others, ({ site }) => keyOf(site))) {
    const [first] = missing;
    if (key === NO_SITE || first === undefined) continue;
    const threshold = siteThreshold(connected.get(key) ?? 0);
    const hold = updateOutageHold({ ...input, hold: null, missing, threshold });
    if (hold) sites.set(key, { ...hold, site: first.site });
  }
  return sites;
}

/** The outage of the organization that begins; null when the largest failing site explains what is missing. */
function beginningEverywhere(
  input: OutagesInput,
  given: {
    others: readonly MissingAtSite[];
    failing: ReadonlyMap<string, SiteHold>;
    lasting: ReadonlyMap<string, SiteHold>;
    connected: Counts;
  },
): OutageHold | null {
  const { others, failing, lasting, connected } = given;
  const [largest] = [...failing].toSorted(([, a], [, b]) => b.devices - a.devices);
  const elsewhere = largest ? others.filter(({ site }) => keyOf(site) !== largest[0]) : others;
  const explained = new Set([...lasting.keys(), ...(largest ? [largest[0]] : [])]);
  const threshold = organizationThreshold(sumExcept(connected, explained));
  const hold = updateOutageHold({ ...input, hold: null, missing: elsewhere, threshold });
  if (!hold || !largest) return hold;
  const [, { missedFrom, devices }] = largest;
  return {
    ...hold,
    missedFrom: Math.min(hold.missedFrom, missedFrom),
    devices: hold.devices + devices,
  };
}

/** Stands for the devices that belong to no site. */
const NO_SITE = "";

function keyOf(site: Site): string {
  return siteKeyOf(site) ?? NO_SITE;
}

/** Devices by the key of their site. */
type Counts = ReadonlyMap<string, number>;

function connectedBySite({ connected }: OutagesInput): Counts {
  const counts = new Map<string, number>();
  for (const { site, devices } of connected)
    counts.set(keyOf(site), (counts.get(keyOf(site)) ?? 0) + devices);
  return counts;
}

function sumExcept(counts: Counts, left: { has(key: string): boolean }): number {
  return [...counts].reduce((sum, [key, devices]) => (left.has(key) ? sum : sum + devices), 0);
}

function unlessSame(before: OutageHolds, after: OutageHolds): OutageHolds {
  const isSame =
    before.organization === after.organization &&
    before.sites.size === after.sites.size &&
    [...after.sites].every(([key, hold]) => before.sites.get(key) === hold);
  return isSame ? before : after;
}
