import type { Inventory } from "@muster/shared/contracts/inventory.ts";
import type { DeviceFacts } from "@muster/shared/contracts/report.ts";
import { canonicalJson, contentHash } from "../content-hash.ts";
import type { LiveExtras } from "./report-writer.ts";

/** Facts that differ only in an input this recent are the same facts: somebody works at the machine. */
const IDLE_TOLERANCE_MS = 300_000;

/** What goes along with a sample: facts when they changed, inventory when the server lacks it. */
export type ReportExtras = {
  setFacts(facts: DeviceFacts): void;
  setInventory(inventory: Inventory): void;
  /** The server has no inventory of the hash it was told. */
  inventoryWanted(): void;
  /** What the next report carries. */
  next(): LiveExtras;
  /** The report with these extras was stored. */
  delivered(extras: LiveExtras): void;
  /** The server takes these extras in no report: they are left out until they change. */
  refused(extras: LiveExtras): void;
};

/**
 * `isKnown` says that the server heard of this device in an earlier run: then the first inventory is not sent unless it asks, which
 * it does when the hash is new to it.
 */
export function createReportExtras({ isKnown }: { isKnown: boolean }): ReportExtras {
  let facts: DeviceFacts | null = null;
  let inventory: { content: Inventory; hash: string } | null = null;
  let settledFacts: DeviceFacts | null = null;
  let settledHash: string | null = null;
  /** The hash that the server was told; a new reading is told again, so that a server that lost it can ask. */
  let toldHash: string | null = null;
  let assumesKnown = isKnown;
  let refusedHash: string | null = null;

  function settle(extras: LiveExtras): void {
    if (extras.facts) settledFacts = extras.facts;
    if (extras.inventory) settledHash = extras.inventoryHash ?? null;
    if (extras.inventoryHash) toldHash = extras.inventoryHash;
  }

  return {
    setFacts(now) {
      facts = now;
    },
    setInventory(content) {
      inventory = { content, hash: contentHash(content) };
      toldHash = null;
      if (assumesKnown) settledHash = inventory.hash;
      assumesKnown = false;
    },
    inventoryWanted() {
      if (inventory?.hash !== refusedHash) settledHash = null;
    },
    next() {
      const extras: LiveExtras = {};
      if (facts && !(settledFacts && areSameFacts(facts, settledFacts))) extras.facts = facts;
      if (!inventory) return extras;
      const isUnsettled = inventory.hash !== settledHash;
      if (isUnsettled || inventory.hash !== toldHash) extras.inventoryHash = inventory.hash;
      if (isUnsettled) extras.inventory = inventory.content;
      return extras;
    },
    delivered: settle,
    refused(extras) {
      settle(extras);
      if (extras.inventory) refusedHash = extras.inventoryHash ?? null;
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
