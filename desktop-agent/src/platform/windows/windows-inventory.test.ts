import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createFakeClock } from "../fake/fake-clock.ts";
import { createFileSystemProbe } from "../file-system-probe.ts";
import { collectInventory } from "../testing/collect-inventory.ts";
import { hostileText } from "../testing/hostile-text.ts";
import { readFixture } from "../testing/read-fixture.ts";
import { type CimSnapshot, parseCimSnapshot } from "./cim-snapshot.ts";
import { createWindowsInventory } from "./windows-inventory.ts";

const CIM = readFixture(import.meta.url, "cim.json");

async function inventoryOf(cim: CimSnapshot) {
  const probe = createFileSystemProbe(
    () => Promise.resolve({ bsize: 4096, blocks: 1000, bfree: 400, bavail: 400 }),
    1_000,
  );
  const port = createWindowsInventory(async () => cim, createFakeClock(), probe);
  return collectInventory(port);
}

function snapshotOf(text: string): CimSnapshot {
  const parsed = parseCimSnapshot(text);
  if (parsed === undefined) throw new Error("the fixture is no snapshot");
  return parsed;
}

describe("windows inventory", () => {
  it("describes a laptop", async () => {
    expect(await inventoryOf(snapshotOf(CIM))).toMatchObject({
      os: { family: "windows", name: "Microsoft Windows 11 Pro", version: "10.0.22631", build: "22631" },
      hardware: {
        manufacturer: "LENOVO",
        serial: "PF3ABC12",
        chassis: "notebook",
        cpu: { cores: 4, threads: 8 },
      },
      classGuess: "laptop",
      disks: [{ mount: "C:\\", type: "NTFS", removable: false }],
      bootedAt: 1_800_000_000_500,
    });
  });

  it("recognises a server, and a guest of Hyper-V", async () => {
    const server = { ...snapshotOf(CIM), isServer: true };
    expect((await inventoryOf(server)).classGuess).toBe("server");
    const guest = { ...server, manufacturer: "Microsoft Corporation", model: "Virtual Machine" };
    expect(await inventoryOf(guest)).toMatchObject({
      classGuess: "vm",
      hardware: { virtualization: "hyperv" },
    });
  });

  it("fits the contract for hostile answers", async () => {
    await fc.assert(
      fc.asyncProperty(hostileText(CIM), async (text) => {
        const parsed = parseCimSnapshot(text);
        if (parsed !== undefined) await inventoryOf(parsed);
      }),
      { numRuns: 200 },
    );
  });
});
