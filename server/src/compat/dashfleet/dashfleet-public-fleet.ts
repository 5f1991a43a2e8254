import type { z } from "zod";
import type { LegacyDevices } from "../../fleet/index.ts";
import type { Organizations } from "../../identity/index.ts";
import type { Clock } from "../../platform/clock.ts";
import { type DashfleetFleet, toPublicFleet } from "./dashfleet-entry.ts";

/** The refresh interval of DashFleet's pages. The page is public, and each read loads all machines that are shown. */
const MAX_AGE_MS = 5_000;

type PublicFleet = z.infer<typeof DashfleetFleet>;

/**
 * Creates the reader of the machines of all organizations with a public status page. Its answer is at most `MAX_AGE_MS` old and shared
 * by all requests; switching a status page on or off takes effect immediately.
 */
export function createPublicFleet(deps: {
  devices: Pick<LegacyDevices, "list">;
  organizations: Pick<Organizations, "list">;
  clock: Clock;
}): () => Promise<PublicFleet> {
  const { devices, organizations, clock } = deps;
  let cached: { orgKey: string; at: number; fleet: Promise<PublicFleet> } | null = null;

  async function read(orgIds: readonly string[]): Promise<PublicFleet> {
    const fleets = await Promise.all(
      orgIds.map(async (orgId) => ({ orgId, devices: await devices.list(orgId, "dashfleet") })),
    );
    return toPublicFleet(fleets, clock.now());
  }

  return async () => {
    const orgIds = (await organizations.list()).flatMap(({ id, hasStatusPage }) =>
      hasStatusPage ? [id] : [],
    );
    const orgKey = orgIds.join();
    const at = clock.monotonic();
    if (cached?.orgKey === orgKey && at - cached.at < MAX_AGE_MS) return cached.fleet;
    const fleet = read(orgIds);
    cached = { orgKey, at, fleet };
    fleet.catch(() => {
      if (cached?.fleet === fleet) cached = null;
    });
    return fleet;
  };
}
