import { describe, expect, it } from "vitest";
import { createFakePlatform } from "../../platform/fake/fake-platform.ts";
import { contentHash } from "../content-hash.ts";
import { createReportSections } from "./report-sections.ts";

async function inventoryNamed(hostname: string) {
  const { inventory } = createFakePlatform();
  const read = await inventory.read(new AbortController().signal);
  return { ...read, hostname, agent: { version: "1", runtime: "Node", variant: "headless" as const } };
}

describe("createReportExtras", () => {
  it("sends facts until a report with them was stored", () => {
    const extras = createReportSections({ isKnown: false });
    extras.setFacts({ user: "ada" });
    expect(extras.next().facts).toEqual({ user: "ada" });
    expect(extras.next().facts).toEqual({ user: "ada" });
    extras.delivered(extras.next());
    expect(extras.next().facts).toBeUndefined();
    extras.setFacts({ user: null });
    expect(extras.next().facts).toEqual({ user: null });
  });

  it("does not treat every keystroke as a change", () => {
    const extras = createReportSections({ isKnown: false });
    extras.setFacts({ user: "ada", idleSince: 1_000_000 });
    extras.delivered(extras.next());
    extras.setFacts({ user: "ada", idleSince: 1_299_999 });
    expect(extras.next().facts).toBeUndefined();
    extras.setFacts({ user: "ada", idleSince: 1_300_000 });
    expect(extras.next().facts).toBeDefined();
    extras.setFacts({ user: "ada", idleSince: null });
    expect(extras.next().facts).toBeDefined();
  });

  it("sends an unknown inventory with its hash, and then neither", async () => {
    const extras = createReportSections({ isKnown: false });
    const inventory = await inventoryNamed("a");
    extras.setInventory(inventory);
    expect(extras.next()).toEqual({ inventory, inventoryHash: contentHash(inventory) });
    extras.delivered(extras.next());
    expect(extras.next()).toEqual({});
  });

  it("sends a known device's inventory only when it is requested or changed", async () => {
    const extras = createReportSections({ isKnown: true });
    const inventory = await inventoryNamed("a");
    extras.setInventory(inventory);
    expect(extras.next()).toEqual({ inventoryHash: contentHash(inventory) });
    extras.delivered(extras.next());
    extras.inventoryRequested();
    expect(extras.next().inventory?.hostname).toBe("a");
    extras.delivered(extras.next());
    extras.setInventory(await inventoryNamed("b"));
    expect(extras.next().inventory?.hostname).toBe("b");
  });

  it("sends the hash of each new inventory, so that a server that lost it can request it", async () => {
    const extras = createReportSections({ isKnown: true });
    extras.setInventory(await inventoryNamed("a"));
    extras.delivered(extras.next());
    expect(extras.next().inventoryHash).toBeUndefined();
    extras.setInventory(await inventoryNamed("a"));
    expect(extras.next().inventoryHash).toBeDefined();
  });

  it("does not offer again what the server refused, even when it requests it", async () => {
    const extras = createReportSections({ isKnown: false });
    extras.setInventory(await inventoryNamed("a"));
    extras.refused(extras.next());
    extras.inventoryRequested();
    expect(extras.next().inventory).toBeUndefined();
    extras.setInventory(await inventoryNamed("b"));
    expect(extras.next().inventory?.hostname).toBe("b");
  });
});

describe("contentHash", () => {
  it("does not depend on the order of keys or on undefined values", () => {
    expect(contentHash({ a: 1, b: { c: [1, 2], d: undefined } })).toBe(
      contentHash({ b: { c: [1, 2] }, a: 1 }),
    );
    expect(contentHash({ a: [1, 2] })).not.toBe(contentHash({ a: [2, 1] }));
    expect(contentHash({})).toMatch(/^[0-9a-f]{16}$/);
  });
});
