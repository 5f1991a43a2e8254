import { Inventory } from "@muster/shared/contracts/inventory.ts";
import { MAX_GPUS, MAX_MEMORY_MODULES } from "@muster/shared/contracts/inventory-bounds.ts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createFakePlatform } from "./fake/fake-platform.ts";
import { createProbedInventory, parseProbe } from "./probed-inventory.ts";
import type { CommandResult } from "./run-command.ts";
import { collectInventory } from "./testing/collect-inventory.ts";

const COMMAND = { file: "/opt/muster-agent", args: ["probe", "inventory"] };

/** As systeminformation 5.33 answers on a laptop with Linux, cut to the fields that are read. */
const LAPTOP = {
  modules: [
    { size: 17179869184, bank: "BANK 0/ChannelA-DIMM0", type: "DDR4", clockSpeed: 3200 },
    { size: 0, bank: "BANK 1/ChannelB-DIMM0", type: "Empty", clockSpeed: 0 },
  ],
  system: { manufacturer: "LENOVO", model: "20XW", serial: "-" },
  bios: { vendor: "LENOVO", version: "N32ET75W (1.51 )", releaseDate: "2021-12-02" },
  board: { manufacturer: "LENOVO", model: "20XW", serial: "Not Specified" },
  chassis: { type: "Notebook" },
  gpus: [
    { vendor: "Intel Corporation", model: "TigerLake-LP GT2 [Iris Xe Graphics]", vram: 256 },
    { vendor: "", model: "", vram: -1 },
  ],
  disks: [{ device: "/dev/nvme0n1", type: "NVMe", interfaceType: "PCIe", serialNum: "S675NX0R" }],
};

function inventoryWith(result: CommandResult | (() => CommandResult), hardware = {}) {
  const platform = createFakePlatform();
  const { inventory } = platform.machine;
  if (inventory instanceof Error) throw inventory;
  const whole = {
    ...inventory,
    hardware: { ...inventory.hardware, virtualization: undefined, serial: undefined, ...hardware },
    disks: [{ mount: "/", device: "/dev/nvme0n1p2", type: "ext4", sizeBytes: 5e11, removable: false }],
  };
  const calls: unknown[] = [];
  const port = createProbedInventory(
    { ...platform.inventory, read: async () => whole },
    async (...call) => {
      calls.push(call);
      return typeof result === "function" ? result() : result;
    },
    COMMAND,
  );
  return { port, calls, whole };
}

const printed = (answers: unknown): CommandResult => ({
  kind: "exited",
  code: 0,
  stdout: JSON.stringify(answers),
  stderr: "",
});

describe("inventory with the probe", () => {
  it("gains what the probe found and keeps what the system's reader found", async () => {
    const { port, calls } = inventoryWith(printed(LAPTOP), { manufacturer: "own", chassis: undefined });
    const { hardware, disks } = await collectInventory(port);
    expect(calls).toMatchObject([["/opt/muster-agent", ["probe", "inventory"], { timeoutMs: 25_000 }]]);
    expect(hardware).toMatchObject({
      manufacturer: "own",
      chassis: "notebook",
      bios: { vendor: "LENOVO", version: "N32ET75W (1.51 )", date: "2021-12-02" },
      board: { manufacturer: "LENOVO", model: "20XW" },
      memoryModules: [
        { sizeBytes: 17179869184, type: "DDR4", speedMtps: 3200, slot: "BANK 0/ChannelA-DIMM0" },
      ],
      gpus: [{ model: "TigerLake-LP GT2 [Iris Xe Graphics]", memoryBytes: 268435456 }],
    });
    expect(hardware.serial).toBeUndefined();
    expect(hardware.board?.serial).toBeUndefined();
    expect(disks).toMatchObject([{ medium: "NVMe", bus: "PCIe", serial: "S675NX0R" }]);
  });

  it.each<CommandResult>([
    { kind: "timed-out" },
    { kind: "not-found" },
    { kind: "too-much-output" },
    { kind: "failed", reason: "killed" },
    { kind: "exited", code: 1, stdout: JSON.stringify(LAPTOP), stderr: "" },
    { kind: "exited", code: 0, stdout: "Segmentation fault", stderr: "" },
  ])("is the system's own when the probe fails: %j", async (result) => {
    const { port, whole } = inventoryWith(result);
    expect(await port.read(new AbortController().signal)).toEqual(whole);
  });

  it("keeps the probe's last answer when a later one fails", async () => {
    const results: CommandResult[] = [printed(LAPTOP), { kind: "timed-out" }];
    const { port } = inventoryWith(() => results.shift() ?? { kind: "timed-out" });
    const first = await collectInventory(port);
    expect(await collectInventory(port)).toEqual(first);
  });

  it("does not describe the host of a container", async () => {
    const { port, calls } = inventoryWith(printed(LAPTOP), { virtualization: "container" });
    await port.read(new AbortController().signal);
    expect(calls).toEqual([]);
  });
});

describe("parseProbe", () => {
  it.each(["", "0", "unknown", "Not Specified", "To Be Filled By O.E.M.", "Default string", "-"])(
    "treats %j as unknown",
    (text) => {
      const part = {
        manufacturer: text,
        model: text,
        serial: text,
        vendor: text,
        version: text,
        releaseDate: text,
      };
      const answers = { system: part, bios: part, board: part, chassis: { type: text }, gpus: [part] };
      expect(parseProbe(JSON.stringify(answers))).toEqual({ disks: [] });
    },
  );

  it("treats 0 and -1 as unknown, and recognises the placeholder module of the library", () => {
    const answers = {
      modules: [
        { size: 8e9, bank: "", type: "", clockSpeed: 0 },
        { size: 8e9, bank: "A1", type: "DDR5", clockSpeed: -1 },
      ],
      gpus: [{ model: "Virtio", vram: -1 }],
    };
    expect(parseProbe(JSON.stringify(answers))).toEqual({
      memoryModules: [{ sizeBytes: 8e9, type: "DDR5", slot: "A1" }],
      gpus: [{ model: "Virtio" }],
      disks: [],
    });
  });

  it("bounds lists and long texts", () => {
    const modules = Array.from({ length: 500 }, () => ({ size: 1, type: "D".repeat(5000), bank: "A" }));
    const gpus = Array.from({ length: 500 }, () => ({ model: "G".repeat(5000) }));
    const probed = parseProbe(JSON.stringify({ modules, gpus }));
    expect(probed?.memoryModules).toHaveLength(MAX_MEMORY_MODULES);
    expect(probed?.gpus).toHaveLength(MAX_GPUS);
    expect(probed?.gpus?.[0]?.model).toHaveLength(200);
  });

  it("turns any JSON into an inventory that fits the contract", async () => {
    const parts = Inventory.omit({ agent: true });
    const names = ["modules", "system", "bios", "board", "chassis", "gpus", "disks"];
    const answer = fc.dictionary(fc.constantFrom(...names), fc.jsonValue({ maxDepth: 3 }));
    await fc.assert(
      fc.asyncProperty(answer, async (answers) => {
        parts.parse(await collectInventory(inventoryWith(printed(answers)).port));
      }),
      { numRuns: 100 },
    );
  });
});
