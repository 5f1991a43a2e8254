import type { AgentPolicy } from "@muster/shared/contracts/report.ts";
import type { Organizations } from "../identity/index.ts";
import type { Clock } from "../platform/clock.ts";
import type { EventBus } from "../platform/events/event-bus.ts";
import { agentPolicy } from "./agent-policy.ts";
import type { HistoryRetention } from "./history/retention.service.ts";

/** The settings of an organization that the fleet needs, and the policy of its agents. */
export type Settings = { offlineAfterS: number; reportIntervalS: number; policy: AgentPolicy };

export type OrganizationSettings = {
  /** At most `MAX_AGE_MS` old; no promise when they are cached. Throws `not-found`. */
  of(orgId: string): Settings | Promise<Settings>;
};

/** How long a change may go unnoticed when its hint is lost. */
const MAX_AGE_MS = 10_000;

export function createOrganizationSettings(deps: {
  organizations: Pick<Organizations, "get">;
  events: EventBus;
  clock: Clock;
  retention: HistoryRetention;
}): OrganizationSettings {
  const { organizations, events, clock, retention } = deps;
  const known = new Map<string, { settings: Settings; readAt: number }>();
  events.subscribe("organization.changed", ({ orgId }) => known.delete(orgId));

  async function read(orgId: string): Promise<Settings> {
    const readAt = clock.monotonic();
    const { offlineAfterS, reportIntervalS, longestPauseS } = await organizations.get(orgId);
    const settings = { offlineAfterS, reportIntervalS, policy: agentPolicy(longestPauseS, retention) };
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
