import type { Inventory } from "@muster/shared/contracts/inventory.ts";
import type { DeviceFacts } from "@muster/shared/contracts/report.ts";
import { canonicalJson, contentHash } from "../content-hash.ts";
import type { LiveSections } from "./report-writer.ts";

/** Facts whose last input differs by less are the same: somebody works at the machine. */
const IDLE_TOLERANCE_MS = 300_000;

/** What a report carries beside its sample: facts when they changed, the inventory when the server lacks it. */
export type ReportSections = {
  setFacts(facts: DeviceFacts): void;
  setInventory(inventory: Inventory): void;
  /** The server has no inventory of the hash that was sent. */
  inventoryRequested(): void;
  /** The sections of the next report. */
  next(): LiveSections;
  /** The report with these sections was stored. */
  delivered(sections: LiveSections): void;
  /** The server will never accept these sections: they are left out until they change. */
  refused(sections: LiveSections): void;
};

/**
 * @param isKnown an earlier run reported to the server: the first inventory is then sent only when the server asks for it, which it does
 * when the hash is new to it.
 */
export function createReportSections({ isKnown }: { isKnown: boolean }): ReportSections {
  let facts: DeviceFacts | null = null;
  let inventory: { content: Inventory; hash: string } | null = null;
  let settledFacts: DeviceFacts | null = null;
  let settledHash: string | null = null;
  /** The hash that was sent last. A new reading sends it again, so that a server that lost the inventory can ask. */
  let sentHash: string | null = null;
  let assumesKnown = isKnown;
  let refusedHash: string | null = null;

  function settle(sections: LiveSections): void {
    if (sections.facts) settledFacts = sections.facts;
    if (sections.inventory) settledHash = sections.inventoryHash ?? null;
    if (sections.inventoryHash) sentHash = sections.inventoryHash;
  }

  return {
    setFacts(now) {
      facts = now;
    },
    setInventory(content) {
      inventory = { content, hash: contentHash(content) };
      sentHash = null;
      if (assumesKnown) settledHash = inventory.hash;
      assumesKnown = false;
    },
    inventoryRequested() {
      if (inventory?.hash !== refusedHash) settledHash = null;
    },
    next() {
      const sections: LiveSections = {};
      if (facts && !(settledFacts && areSameFacts(facts, settledFacts))) sections.facts = facts;
      if (!inventory) return sections;
      const isUnsettled = inventory.hash !== settledHash;
      if (isUnsettled || inventory.hash !== sentHash) sections.inventoryHash = inventory.hash;
      if (isUnsettled) sections.inventory = inventory.content;
      return sections;
    },
    delivered: settle,
    refused(sections) {
      settle(sections);
      if (sections.inventory) refusedHash = sections.inventoryHash ?? null;
    },
  };
}

function areSameFacts(a: DeviceFacts, b: DeviceFacts): boolean {
  const { idleSince: idleA, ...restA } = a;
  const { idleSince: idleB, ...restB } = b;
  if (canonicalJson(restA) !== canonicalJson(restB)) return false;
  if (typeof idleA !== "number" || typeof idleB !== "number") return idleA === idleB;
  return Math.abs(idleA - idleB) < IDLE_TOLERANCE_MS;
}
