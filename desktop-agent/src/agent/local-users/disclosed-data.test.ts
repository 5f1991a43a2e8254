import { DisclosedData } from "@muster/shared/contracts/local-agent.ts";
import { describe, expect, it } from "vitest";
import { createFakePlatform } from "../../platform/fake/fake-platform.ts";
import { healthOf } from "@muster/shared/health/score-formula.ts";
import { disclosedDataOf } from "./disclosed-data.ts";

const sample = { at: 1, cpu: 12.5, memory: 40 };
const latest = {
  sample,
  health: healthOf(sample),
  facts: { user: "ann", skipped: [{ collector: "battery", reason: "no such file" }] },
};

async function seen() {
  const read = await createFakePlatform().inventory.read(AbortSignal.timeout(1000));
  const inventory = {
    ...read,
    hardware: { ...read.hardware, serial: "S-1" },
    agent: { version: "0.1.0", runtime: "Node 24", variant: "tray" as const },
  };
  const policy = {
    id: "0123abcd",
    longestPauseS: null,
    keptDays: { samples: 30, fiveMinutes: 90, hours: 730 },
  };
  return { inventory, told: disclosedDataOf({ latest, inventory, intervalS: 30, policy }) };
}

const valueOf = ({ items }: DisclosedData, key: string) => items.find((item) => item.key === key)?.value;

/** Every text and number in it, however deep. */
function leaves(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [JSON.stringify(value) ?? ""];
  return Object.values(value).flatMap(leaves);
}

describe("what IT sees", () => {
  it("contains metrics, facts and inventory with their values, and null where there is none", async () => {
    const { told } = await seen();
    expect(DisclosedData.parse(told)).toEqual(told);
    expect(valueOf(told, "metric.cpu")).toBe(12.5);
    expect(valueOf(told, "metric.temperature")).toBeNull();
    expect(valueOf(told, "fact.user")).toBe("ann");
    expect(valueOf(told, "fact.skipped")).toEqual([{ name: "battery", details: ["no such file"] }]);
    expect(valueOf(told, "inventory.serial")).toBe("S-1");
    expect(valueOf(told, "inventory.osFamily")).toBe("linux");
    expect(told).toMatchObject({
      intervalS: 30,
      kept: { samplesDays: 30, fiveMinutesDays: 90, hoursDays: 730 },
    });
  });

  it("contains everything of the inventory that is sent", async () => {
    const { inventory, told } = await seen();
    const all = told.items.map(({ value }) => JSON.stringify(value)).join("\n");
    expect(inventory.disks.length).toBeGreaterThan(0);
    expect(leaves(inventory).filter((leaf) => !all.includes(leaf.replaceAll('"', "")))).toEqual([]);
  });

  it("names each item once, also before anything was read", async () => {
    const { told } = await seen();
    const keys = told.items.map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    const nothing = disclosedDataOf({ latest: null, inventory: null, intervalS: 30, policy: null });
    expect(nothing.items.map(({ key }) => key)).toEqual(keys);
    expect(nothing.items.every(({ value }) => value === null)).toBe(true);
    expect(nothing.kept).toBeNull();
  });
});
