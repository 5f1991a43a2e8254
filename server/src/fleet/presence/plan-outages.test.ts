import { describe, expect, test } from "vitest";
import { OUTAGE_RETURN_MS } from "./outage-hold.ts";
import { type MissingAtSite, NO_HOLDS, type OutagesInput, planOutages } from "./plan-outages.ts";
import type { Site } from "./site.ts";

const OBSERVED = 10_000_000;
const [ALPHA, BETA] = [site("alpha", "203.0.113.1"), site("beta", "203.0.113.1")];
const NOWHERE = site(null, null);

function site(customerId: string | null, network: string | null): Site {
  return { customerId, network };
}

function missing(at: Site, count: number, missedAt = OBSERVED - 60_000): MissingAtSite[] {
  return Array.from({ length: count }, (_, index) => ({
    site: at,
    missedAt: missedAt + index * 1000,
    intervalS: 30,
    isLate: true,
  }));
}

function plan(change: Partial<OutagesInput>): { organization: number | null; sites: Record<string, number> } {
  const holds = planOutages({ ...input, ...change });
  const sites = [...holds.sites.values()].map((hold) => [Object.values(hold.site).join(), hold.devices]);
  return { organization: holds.organization?.devices ?? null, sites: Object.fromEntries(sites) };
}

const input: OutagesInput = {
  holds: NO_HOLDS,
  missing: [],
  offline: [],
  connected: [
    { site: ALPHA, devices: 20 },
    { site: BETA, devices: 20 },
    { site: NOWHERE, devices: 60 },
  ],
  observedNow: OBSERVED,
  now: 1,
};

describe("outages of an organization", () => {
  test("are one of a site when more than half of its devices stop, however many these are of all", () => {
    expect(plan({ missing: missing(ALPHA, 20) })).toEqual({
      organization: null,
      sites: { "alpha,203.0.113.1": 20 },
    });
    expect(plan({ missing: missing(ALPHA, 10) })).toEqual({ organization: null, sites: {} });
  });

  test("tell customers behind one network apart", () => {
    const connected = [
      { site: ALPHA, devices: 3 },
      { site: BETA, devices: 3 },
    ];
    const both = [...missing(ALPHA, 3), ...missing(BETA, 2)];
    expect(plan({ connected, missing: both }).sites).toEqual({ "alpha,203.0.113.1": 3 });
  });

  test("are never of devices without a customer and a public network, unless these are a fifth of all", () => {
    expect(plan({ missing: missing(NOWHERE, 19) })).toEqual({ organization: null, sites: {} });
    expect(plan({ missing: missing(NOWHERE, 20) })).toEqual({ organization: 20, sites: {} });
  });

  test("are one of the organization when more stop together than the largest site explains", () => {
    const all = [...missing(ALPHA, 20), ...missing(BETA, 20), ...missing(NOWHERE, 60)];
    expect(plan({ missing: all })).toEqual({ organization: 100, sites: {} });
    const few = [...missing(ALPHA, 20), ...missing(NOWHERE, 15)];
    expect(plan({ missing: few })).toEqual({ organization: null, sites: { "alpha,203.0.113.1": 20 } });
  });

  test("of two sites are two, where the others still report", () => {
    const many = { site: NOWHERE, devices: 600 };
    const connected = [{ site: ALPHA, devices: 20 }, { site: BETA, devices: 20 }, many];
    expect(plan({ connected, missing: [...missing(ALPHA, 20), ...missing(BETA, 20)] }).sites).toEqual({
      "alpha,203.0.113.1": 20,
      "beta,203.0.113.1": 20,
    });
  });

  test("of a site last while its devices are offline, until all report or few are left for ten minutes", () => {
    const begun = planOutages({ ...input, missing: missing(ALPHA, 20) });
    const later = { ...input, holds: begun, connected: [{ site: NOWHERE, devices: 60 }] };
    expect(planOutages({ ...later, offline: missing(ALPHA, 20) })).toBe(begun);
    const few = planOutages({ ...later, offline: missing(ALPHA, 2) });
    expect([...few.sites.values()]).toMatchObject([{ returningSince: OBSERVED }]);
    const end = OBSERVED + OUTAGE_RETURN_MS;
    expect(planOutages({ ...later, holds: few, offline: missing(ALPHA, 2), observedNow: end - 1 })).toBe(few);
    expect(
      planOutages({ ...later, holds: few, offline: missing(ALPHA, 2), observedNow: end }).sites.size,
    ).toBe(0);
    expect(planOutages(later).sites.size).toBe(0);
    const earlier = missing(ALPHA, 20, OBSERVED - 7_200_000);
    expect(planOutages({ ...later, offline: earlier }).sites.size).toBe(0);
  });

  test("of the organization leave out the sites that have one, and let none begin", () => {
    const begun = planOutages({ ...input, missing: missing(ALPHA, 20) });
    const second = [...missing(ALPHA, 20), ...missing(BETA, 20), ...missing(NOWHERE, 30)];
    const both = planOutages({ ...input, holds: begun, missing: second });
    expect([both.organization?.devices, both.sites.size]).toEqual([50, 1]);
    const third = planOutages({ ...input, holds: both, missing: second });
    expect(third).toBe(both);
  });
});
