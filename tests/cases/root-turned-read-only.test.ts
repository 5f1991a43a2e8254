import { expect, it } from "vitest";
import { createFileSystemsCollector } from "../../desktop-agent/src/collectors/file-systems.collector.ts";
import { createMemoryCollector } from "../../desktop-agent/src/collectors/processor.collector.ts";
import { createFileSystemProbe } from "../../desktop-agent/src/platform/file-system-probe.ts";
import { createLinuxMetrics } from "../../desktop-agent/src/platform/linux/linux-metrics.ts";
import { createMemorySystemFiles } from "../../desktop-agent/src/platform/testing/memory-system-files.ts";
import { INTERVAL_S, makeAgent } from "../harness/fake-agent.ts";

const statfs = async () => ({ bsize: 4096, blocks: 1e6, bfree: 7e5, bavail: 7e5 });
const { signal } = new AbortController();

async function factsOf(mountinfo: string, answer: (mount: string) => ReturnType<typeof statfs> = statfs) {
  const files = createMemorySystemFiles({
    "/proc/self/mountinfo": mountinfo,
    "/proc/1/mountinfo": mountinfo,
  });
  const metrics = createLinuxMetrics(files, createFileSystemProbe(answer, 50));
  const collected = await createFileSystemsCollector(metrics).collect(signal);
  if (collected.kind === "skip") throw new Error(collected.reason);
  return collected.value;
}

it("reports a root that the kernel remounted read-only, and still measures it", async () => {
  const { metrics, facts } = await factsOf(
    "22 1 8:2 / / ro,relatime - ext4 /dev/sda2 ro,errors=remount-ro\n",
  );
  expect(facts?.faults).toEqual([{ kind: "read-only-mount", subject: "/" }]);
  expect(facts?.diskMount).toBe("/");
  expect(metrics?.disk).toBe(30);
});

it("reports a root of another file system, and one that keeps 'rw' beside 'emergency_ro'", async () => {
  for (const line of [
    "22 1 0:30 /@ / ro,relatime - btrfs /dev/nvme0n1p2 ro,ssd\n",
    "22 1 8:2 / / rw,relatime - ext4 /dev/sda2 rw,emergency_ro\n",
  ]) {
    const { facts, metrics } = await factsOf(line);
    expect(facts?.faults).toEqual([{ kind: "read-only-mount", subject: "/" }]);
    expect(metrics?.disk).toBeDefined();
  }
});

it("reports a disk that fails to answer", async () => {
  const failing = async (mount: string) => {
    if (mount === "/srv") throw Object.assign(new Error("EIO"), { code: "EIO" });
    return statfs();
  };
  const mountinfo = "22 1 8:2 / / rw - ext4 /dev/sda2 rw\n23 22 8:3 / /srv rw - xfs /dev/sda3 rw\n";
  const { facts, metrics } = await factsOf(mountinfo, failing);
  expect(facts?.faults).toEqual([{ kind: "unreadable", subject: "/srv", detail: "EIO" }]);
  expect(metrics?.disk).toBe(30);
});

it("reports memory whose numbers contradict each other, and limits them", async () => {
  const memory = async () => ({
    totalBytes: 1e9,
    availableBytes: 4e9,
    swapTotalBytes: 1e9,
    swapUsedBytes: 3e9,
  });
  const collected = await createMemoryCollector({ ...(await noMetrics()), memory }).collect(signal);
  expect(collected).toMatchObject({
    value: {
      metrics: { memory: 0, swap: 100 },
      facts: {
        faults: [
          { kind: "contradiction", subject: "memory" },
          { kind: "contradiction", subject: "swap" },
        ],
      },
    },
  });
});

it("reports the faults of all collectors together, and again only after a change", async () => {
  const { platform, server, agent, pass } = await makeAgent();
  platform.machine.readOnlyFileSystems = ["/"];
  platform.machine.hungFileSystems = ["/mnt/dead"];
  platform.machine.memory = { totalBytes: 1e9, availableBytes: 2e9, swapTotalBytes: 0, swapUsedBytes: 0 };
  platform.machine.batteryPercent = 120;
  await agent.start();
  await pass(3 * INTERVAL_S);
  const sent = server.stored.flatMap(({ facts }) =>
    facts?.faults ? [facts.faults.map(({ kind }) => kind)] : [],
  );
  expect(sent.at(-1)?.toSorted()).toEqual(["contradiction", "hung-mount", "out-of-range", "read-only-mount"]);
  const before = server.stored.filter(({ facts }) => facts).length;
  await pass(5 * INTERVAL_S);
  expect(server.stored.filter(({ facts }) => facts)).toHaveLength(before);
  platform.machine.readOnlyFileSystems = [];
  await pass(2 * INTERVAL_S);
  expect(server.stored.findLast(({ facts }) => facts)?.facts?.faults?.map(({ kind }) => kind)).not.toContain(
    "read-only-mount",
  );
});

async function noMetrics() {
  return createLinuxMetrics(createMemorySystemFiles({}), createFileSystemProbe(statfs, 50));
}
