import type { Organizations } from "../identity/index.ts";
import type { Clock } from "../platform/clock.ts";
import type { EventBus } from "../platform/events/event-bus.ts";

/** What the fleet needs to know of an organization, seconds. */
export type Settings = { offlineAfterS: number; reportIntervalS: number };

export type OrganizationSettings = {
  /** At once when they are known; at most `MAX_AGE_MS` old. Throws `not-found`. */
  of(orgId: string): Settings | Promise<Settings>;
};

/** How long a change may go unnoticed when the hint of it is lost. */
const MAX_AGE_MS = 10_000;

export function createOrganizationSettings(deps: {
  organizations: Pick<Organizations, "get">;
  events: EventBus;
  clock: Clock;
}): OrganizationSettings {
  const { organizations, events, clock } = deps;
  const known = new Map<string, { settings: Settings; readAt: number }>();
  events.subscribe("organization.changed", ({ orgId }) => known.delete(orgId));

  async function read(orgId: string): Promise<Settings> {
    const readAt = clock.monotonic();
    const { offlineAfterS, reportIntervalS } = await organizations.get(orgId);
    const settings = { offlineAfterS, reportIntervalS };
    known.set(orgId, { settings, readAt });
    return settings;
  }

  return {
    of(orgId) {
      const entry = known.get(orgId);
      return entry && clock.monotonic() - entry.readAt < MAX_AGE_MS ? entry.settings : read(orgId);
    },
  };
}
