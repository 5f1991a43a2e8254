import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createFakeClock } from "../fake/fake-clock.ts";
import { createFileSystemProbe } from "../file-system-probe.ts";
import { createSampleTaker } from "../testing/collect-sample.ts";
import { hostileText } from "../testing/hostile-text.ts";
import { createMemorySystemFiles } from "../testing/memory-system-files.ts";
import { readFixture } from "../testing/read-fixture.ts";
import { createLinuxMetrics } from "./linux-metrics.ts";

const read = (name: string) => readFixture(import.meta.url, name);
const TWO_THIRDS_FULL = { bsize: 4096, blocks: 1000, bfree: 400, bavail: 300 };

const PROC = {
  "/proc/stat": read("stat.txt"),
  "/proc/meminfo": read("meminfo.txt"),
  "/proc/loadavg": read("loadavg.txt"),
  "/proc/net/dev": read("net-dev.txt"),
  "/proc/diskstats": read("diskstats.txt"),
  "/proc/self/mountinfo": read("mountinfo-vm.txt"),
};
const DEVICES = {
  "/sys/class/net/eth0/device": "-> ../../../virtio2",
  "/sys/block/vda/device": "-> ../../../virtio1",
  "/sys/class/hwmon/hwmon0/name": "coretemp\n",
  "/sys/class/hwmon/hwmon0/temp1_input": "54500\n",
  "/sys/class/power_supply/BAT0/type": "Battery\n",
  "/sys/class/power_supply/BAT0/capacity": "87\n",
};

function linuxOf(table: Record<string, string>) {
  const probe = createFileSystemProbe(() => Promise.resolve(TWO_THIRDS_FULL), 1_000);
  return createLinuxMetrics(createMemorySystemFiles(table), probe);
}

describe("linux metrics", () => {
  it("returns every metric of a healthy machine from its second sample on, and no rate in the first", async () => {
    const clock = createFakeClock();
    const table: Record<string, string> = { ...PROC, ...DEVICES };
    const take = createSampleTaker(linuxOf(table), clock);
    const first = await take();
    expect(first).not.toHaveProperty("cpu");
    expect(first).not.toHaveProperty("netIn");
    expect(first).toMatchObject({ disk: 66.7, diskFree: 1_228_800, temperature: 54.5, battery: 87 });

    await clock.advance(10_000);
    table["/proc/stat"] = addTo(table["/proc/stat"], /^cpu +(\d+)/, 250).replace(
      /^(cpu +\d+ \d+ \d+ )(\d+)/,
      addIdle(750),
    );
    table["/proc/net/dev"] = addTo(table["/proc/net/dev"], /eth0: *(\d+)/, 50_000);
    expect(await take()).toMatchObject({ cpu: 25, netIn: 5_000, netOut: 0, diskRead: 0, diskWrite: 0 });
  });

  it("returns null for network and disks when there are none", async () => {
    const metrics = linuxOf({ ...PROC, "/proc/net/dev": "", "/proc/diskstats": "" });
    expect([await metrics.network(), await metrics.disks()]).toEqual([null, null]);
  });

  it("rejects with the name of what cannot be read", async () => {
    await expect(linuxOf({}).memory()).rejects.toThrow("MemTotal in /proc/meminfo");
    await expect(linuxOf({}).cpuTimes()).rejects.toThrow("/proc/stat");
  });

  it("never returns a value outside the contract for hostile or truncated output", async () => {
    const table = fc.record(
      Object.fromEntries(
        Object.entries({ ...PROC, ...DEVICES }).map(([path, text]) => [path, hostileText(text)]),
      ),
    );
    await fc.assert(
      fc.asyncProperty(table, table, async (before, after) => {
        const clock = createFakeClock();
        const current = { ...before };
        const take = createSampleTaker(linuxOf(current), clock);
        await take();
        await clock.advance(1_000);
        Object.assign(current, after);
        await take();
      }),
      { numRuns: 120 },
    );
  });
});

function addTo(text: string | undefined, pattern: RegExp, amount: number): string {
  return (text ?? "").replace(pattern, (match, count: string) =>
    match.replace(count, String(Number(count) + amount)),
  );
}

function addIdle(amount: number) {
  return (_: string, start: string, idle: string) => `${start}${Number(idle) + amount}`;
}
