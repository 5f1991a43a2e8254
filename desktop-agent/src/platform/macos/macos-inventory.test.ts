import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createFakeClock } from "../fake/fake-clock.ts";
import { createFakeCommands } from "../fake/fake-commands.ts";
import { createFileSystemProbe } from "../file-system-probe.ts";
import { collectInventory } from "../testing/collect-inventory.ts";
import { hostileText } from "../testing/hostile-text.ts";
import { readFixture } from "../testing/read-fixture.ts";
import { createMacosInventory } from "./macos-inventory.ts";
import { chooseMacMounts, parseMount } from "./parse-mount.ts";

const read = (name: string) => readFixture(import.meta.url, name);
const sysctl = (name: string) => `/usr/sbin/sysctl -n ${name}`;
const OUTPUTS = {
  [sysctl("hw.model")]: "MacBookPro18,3\n",
  [sysctl("kern.hv_vmm_present")]: "0\n",
  [sysctl("kern.osproductversion")]: "14.5\n",
  [sysctl("kern.osversion")]: "23F79\n",
  [sysctl("kern.boottime")]: "{ sec = 1800000000, usec = 123456 } Fri Jan 15 09:00:00 2027\n",
  [sysctl("machdep.cpu.brand_string")]: "Apple M1 Pro\n",
  [sysctl("hw.physicalcpu")]: "8\n",
  "/usr/sbin/ioreg -rd1 -c IOPlatformExpertDevice": read("ioreg-platform.txt"),
  "/usr/bin/pmset -g batt": read("pmset-batt.txt"),
};

async function inventoryOf(outputs: Record<string, string>) {
  const probe = createFileSystemProbe(
    () => Promise.resolve({ bsize: 4096, blocks: 1000, bfree: 400, bavail: 400 }),
    1_000,
  );
  const mounts = async () => chooseMacMounts(parseMount(read("mount.txt")));
  const port = createMacosInventory(createFakeCommands(outputs).run, createFakeClock(), probe, mounts);
  return collectInventory(port);
}

describe("macOS inventory", () => {
  it("describes a MacBook", async () => {
    expect(await inventoryOf(OUTPUTS)).toMatchObject({
      os: { family: "macos", name: "macOS 14.5", version: "14.5", build: "23F79" },
      hardware: {
        model: "MacBookPro18,3",
        serial: "C02XXXXXXXXX",
        chassis: "laptop",
        cpu: { model: "Apple M1 Pro", cores: 8 },
        hasBattery: true,
      },
      classGuess: "laptop",
      bootedAt: 1_800_000_000_000,
    });
  });

  it("recognises a virtual Mac", async () => {
    const outputs = {
      ...OUTPUTS,
      [sysctl("hw.model")]: "VMware7,1\n",
      [sysctl("kern.hv_vmm_present")]: "1\n",
    };
    expect(await inventoryOf(outputs)).toMatchObject({
      hardware: { virtualization: "vmware" },
      classGuess: "vm",
    });
  });

  it("fits the contract however hostile the output is, also when every tool is missing", async () => {
    await inventoryOf({});
    const outputs = fc.record(
      Object.fromEntries(Object.entries(OUTPUTS).map(([line, text]) => [line, hostileText(text)])),
    );
    await fc.assert(
      fc.asyncProperty(outputs, async (hostile) => void (await inventoryOf(hostile))),
      { numRuns: 100 },
    );
  });
});
