import fc from "fast-check";
import { Inventory } from "@muster/shared/contracts/inventory.ts";
import { describe, expect, it } from "vitest";
import { createInventoryCollector, fitInventory } from "./inventory.collector.ts";
import { createFakePlatform } from "../platform/fake/fake-platform.ts";

const PARTS = Inventory.omit({ agent: true });
const { signal } = new AbortController();

describe("inventory collector", () => {
  it("returns an ordinary inventory unchanged", async () => {
    const platform = createFakePlatform();
    const collected = await createInventoryCollector(platform.inventory).collect(signal);
    expect(collected).toEqual({ kind: "value", value: platform.machine.inventory });
  });

  it("does not invent an inventory that could not be read", async () => {
    const platform = createFakePlatform({ inventory: new Error("no DMI") });
    await expect(createInventoryCollector(platform.inventory).collect(signal)).rejects.toThrow("no DMI");
  });
});

describe("fitInventory", () => {
  it("makes any reading fit the contract", () => {
    const text = fc.string({ unit: "binary", maxLength: 500 });
    const number = fc.double();
    const disk = fc.record({
      mount: text,
      device: text,
      type: text,
      sizeBytes: number,
      removable: fc.boolean(),
      medium: text,
      bus: text,
      serial: text,
    });
    const networkInterface = fc.record({
      name: text,
      mac: text,
      addresses: fc.array(text, { maxLength: 80 }),
    });
    const readings = fc.record({
      hostname: text,
      os: fc.record({
        family: fc.constant("linux" as const),
        name: text,
        version: text,
        build: text,
        kernel: text,
        arch: text,
      }),
      hardware: fc.record({
        manufacturer: text,
        model: text,
        serial: text,
        virtualization: text,
        chassis: text,
        cpu: fc.record({ model: text, cores: number, threads: number }),
        memoryBytes: number,
        hasBattery: fc.boolean(),
        bios: fc.record({ vendor: text, version: text, date: text }),
        board: fc.record({ manufacturer: text, model: text, serial: text }),
        memoryModules: fc.array(fc.record({ sizeBytes: number, type: text, speedMtps: number, slot: text }), {
          maxLength: 80,
        }),
        gpus: fc.array(fc.record({ vendor: text, model: text, memoryBytes: number }), { maxLength: 20 }),
      }),
      classGuess: fc.constant("server" as const),
      disks: fc.array(disk, { maxLength: 120 }),
      networkInterfaces: fc.array(networkInterface, { maxLength: 120 }),
      bootedAt: number,
      timeZone: text,
    });
    fc.assert(
      fc.property(readings, (read) => void PARTS.parse(fitInventory(read))),
      { numRuns: 30 },
    );
  });
});
