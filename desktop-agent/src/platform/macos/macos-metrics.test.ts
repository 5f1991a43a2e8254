import os from "node:os";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createFakeClock } from "../fake/fake-clock.ts";
import { createFakeCommands } from "../fake/fake-commands.ts";
import { createFileSystemProbe } from "../file-system-probe.ts";
import { createSampleTaker } from "../testing/collect-sample.ts";
import { hostileText } from "../testing/hostile-text.ts";
import { readFixture } from "../testing/read-fixture.ts";
import { createMacosMetrics, parseVmStat } from "./macos-metrics.ts";
import { chooseMacMounts, parseMount } from "./parse-mount.ts";

const read = (name: string) => readFixture(import.meta.url, name);
const OUTPUTS = {
  "/usr/bin/vm_stat": read("vm_stat.txt"),
  "/usr/sbin/sysctl -n vm.swapusage": read("swapusage.txt"),
  "/usr/sbin/netstat -ibn": read("netstat-ibn.txt"),
  "/usr/sbin/ioreg -c IOBlockStorageDriver -r -w0": read("ioreg-block-storage.txt"),
  "/usr/bin/pmset -g batt": read("pmset-batt.txt"),
  "/sbin/mount": read("mount.txt"),
};

function macOf(outputs: Record<string, string>) {
  const commands = createFakeCommands(outputs);
  const probe = createFileSystemProbe(
    () => Promise.resolve({ bsize: 4096, blocks: 1000, bfree: 400, bavail: 400 }),
    1_000,
  );
  const mounts = async () => chooseMacMounts(parseMount(outputs["/sbin/mount"] ?? ""));
  return createMacosMetrics(commands.run, probe, mounts);
}

describe("macOS metrics", () => {
  it("count free pages, pages of files and purgeable ones as available", () => {
    expect(parseVmStat(OUTPUTS["/usr/bin/vm_stat"])).toBe((123_456 + 256_789 + 6_789) * 16_384);
  });

  it("read swap, battery and the volumes that count", async () => {
    const mac = macOf(OUTPUTS);
    expect(await mac.memory()).toMatchObject({
      totalBytes: os.totalmem(),
      swapTotalBytes: 2_147_483_648,
      swapUsedBytes: 1_074_003_968,
    });
    const { signal } = new AbortController();
    expect(await mac.batteryPercent(signal)).toBe(85);
    expect((await mac.fileSystems(signal)).readings.map(({ mount }) => mount)).toEqual([
      "/System/Volumes/Data",
      "/System/Volumes/xarts",
    ]);
    const isExcluded = (mount: string) => mount.endsWith("/xarts");
    expect(await mac.fileSystems(signal, isExcluded)).toMatchObject({
      readings: [{ mount: "/System/Volumes/Data" }],
      excluded: ["/System/Volumes/xarts"],
    });
  });

  it("add up what physical interfaces and disks moved", async () => {
    const outputs: Record<string, string> = { ...OUTPUTS };
    const mac = macOf(outputs);
    await mac.network();
    await mac.disks();
    outputs["/usr/sbin/netstat -ibn"] = OUTPUTS["/usr/sbin/netstat -ibn"]
      .replaceAll("9876543210", "9876543310")
      .replaceAll("815000", "999999");
    outputs["/usr/sbin/ioreg -c IOBlockStorageDriver -r -w0"] = OUTPUTS[
      "/usr/sbin/ioreg -c IOBlockStorageDriver -r -w0"
    ].replace("=20987654144", "=20987654244");
    const network = await mac.network();
    expect(network).toMatchObject({ inBytes: 100, outBytes: 0 });
    expect([...(network?.interfaces.keys() ?? [])]).toEqual(["en0", "en5"]);
    expect(await mac.disks()).toEqual({ inBytes: 0, outBytes: 100 });
  });

  it("reject with the tool that is missing", async () => {
    await expect(macOf({}).memory()).rejects.toThrow("/usr/bin/vm_stat is not installed");
  });

  it("never return a value outside the contract for hostile or truncated output", async () => {
    const outputs = fc.record(
      Object.fromEntries(Object.entries(OUTPUTS).map(([line, text]) => [line, hostileText(text)])),
    );
    await fc.assert(
      fc.asyncProperty(outputs, outputs, async (before, after) => {
        const clock = createFakeClock();
        const current = { ...before };
        const take = createSampleTaker(macOf(current), clock);
        await take();
        await clock.advance(1_000);
        Object.assign(current, after);
        await take();
      }),
      { numRuns: 100 },
    );
  });
});
