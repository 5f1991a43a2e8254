import type { z } from "zod";
import type { LegacyDevices } from "../../fleet/index.ts";
import type { Organizations } from "../../identity/index.ts";
import type { Clock } from "../../platform/clock.ts";
import { type DashfleetFleet, toPublicFleet } from "./dashfleet-entry.ts";

/** As often as DashFleet's pages ask; anybody may, and each reading takes every machine that is shown. */
const MAX_AGE_MS = 5_000;

type PublicFleet = z.infer<typeof DashfleetFleet>;

/**
 * Returns how the machines of all organizations that show them are read: at most `MAX_AGE_MS` old, however many ask. An organization
 * that switches its page on or off is shown or hidden at once.
 */
export function createPublicFleet(deps: {
  devices: Pick<LegacyDevices, "list">;
  organizations: Pick<Organizations, "list">;
  clock: Clock;
}): () => Promise<PublicFleet> {
  const { devices, organizations, clock } = deps;
  let kept: { shown: string; at: number; fleet: Promise<PublicFleet> } | null = null;

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
    const shown = orgIds.join();
    const at = clock.monotonic();
    if (kept?.shown === shown && at - kept.at < MAX_AGE_MS) return kept.fleet;
    const fleet = read(orgIds);
    kept = { shown, at, fleet };
    fleet.catch(() => {
      if (kept?.fleet === fleet) kept = null;
    });
    return fleet;
  };
}
