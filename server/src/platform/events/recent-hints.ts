import { randomUUID } from "node:crypto";
import type { Hint } from "./event-bus.ts";

/**
 * Positions in the hints of each organization, and the latest hints after them, so that who reads first and subscribes later knows
 * whether anything changed in between.
 */
export type RecentHints = {
  add(hint: Hint): void;
  /** Forgets all positions: hints may be missing. */
  clear(): void;
  /** The present position. What is read after this call contains what all hints up to it are about. */
  positionOf(orgId: string): string;
  /** The hints after a position; null when it is not known, or too much happened since. */
  since(orgId: string, position: string): readonly Hint[] | null;
};

/** Ids that are kept for each organization. With more changes, reading again is faster than sending them. A hint without ids counts as one. */
const MAX_IDS = 200;

type Organization = {
  /** Tells the positions of another process, or from before `clear`, apart. */
  epoch: string;
  /** How many hints there were, and how many of them are no longer kept. */
  count: number;
  dropped: number;
  kept: Hint[];
  keptIds: number;
};

export function createRecentHints(): RecentHints {
  /** Only those whose position somebody has. */
  const organizations = new Map<string, Organization>();

  return {
    add(hint) {
      const organization = organizations.get(hint.orgId);
      if (!organization) return;
      organization.count += 1;
      organization.kept.push(hint);
      organization.keptIds += sizeOf(hint);
      while (organization.keptIds > MAX_IDS) {
        const oldest = organization.kept.shift();
        organization.dropped += 1;
        organization.keptIds -= oldest ? sizeOf(oldest) : 0;
      }
    },
    clear: () => organizations.clear(),
    positionOf(orgId) {
      const organization = organizations.get(orgId) ?? newOrganization();
      organizations.set(orgId, organization);
      return `${organization.epoch}.${organization.count}`;
    },
    since(orgId, position) {
      const organization = organizations.get(orgId);
      const [epoch, count] = position.split(".");
      if (!organization || organization.epoch !== epoch) return null;
      const known = Number(count) - organization.dropped;
      return known >= 0 ? organization.kept.slice(known) : null;
    },
  };
}

function sizeOf({ ids }: Hint): number {
  return Math.max(1, ids.length);
}

function newOrganization(): Organization {
  return { epoch: randomUUID(), count: 0, dropped: 0, kept: [], keptIds: 0 };
}
