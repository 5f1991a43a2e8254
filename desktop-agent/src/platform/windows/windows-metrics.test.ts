import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createFakeClock } from "../fake/fake-clock.ts";
import { createFakeCommands, type FakeAnswer } from "../fake/fake-commands.ts";
import { createFileSystemProbe } from "../file-system-probe.ts";
import { createSampleTaker } from "../testing/collect-sample.ts";
import { hostileText } from "../testing/hostile-text.ts";
import { readFixture } from "../testing/read-fixture.ts";
import { parseCimSnapshot } from "./cim-snapshot.ts";
import { parseNetstatE, createWindowsMetrics } from "./windows-metrics.ts";
import { createWatcher } from "./watcher.ts";

const read = (name: string) => readFixture(import.meta.url, name);
const NETSTAT = "netstat.exe -e";
const POWERSHELL = "powershell.exe";
const [FIGURES = ""] = read("watcher.ndjson").split("\n");
const PENDING =
  "reg.exe query HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Component Based Servicing\\RebootPending /reg:64";
const REQUIRED =
  "reg.exe query HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\WindowsUpdate\\Auto Update\\RebootRequired /reg:64";
const ABSENT: FakeAnswer = { kind: "exited", code: 1, stdout: "", stderr: "ERROR" };
const { signal } = new AbortController();

function windowsOf(answers: Record<string, FakeAnswer>, cim = read("cim.json")) {
  const clock = createFakeClock();
  const commands = createFakeCommands(answers);
  const probe = createFileSystemProbe(
    () => Promise.resolve({ bsize: 4096, blocks: 1000, bfree: 400, bavail: 400 }),
    1_000,
  );
  const snapshot = async () => {
    const parsed = parseCimSnapshot(cim);
    if (parsed === undefined) throw new Error("no CIM");
    return parsed;
  };
  const metrics = createWindowsMetrics(
    commands.run,
    probe,
    snapshot,
    createWatcher(commands.follow, clock, 4711),
  );
  return { metrics, clock, say: (line: string) => commands.say(POWERSHELL, line), commands };
}

describe("windows metrics", () => {
  it("read bytes out of netstat in any language", () => {
    expect([...parseNetstatE(read("netstat-e.txt")).values()]).toEqual([
      { inBytes: 1_234_567_890, outBytes: 987_654_321 },
    ]);
    expect([...parseNetstatE(read("netstat-e-german.txt")).values()]).toEqual([
      { inBytes: 2_234_567_890, outBytes: 187_654_321 },
    ]);
  });

  it("measure fixed drives only", async () => {
    expect((await windowsOf({}).metrics.fileSystems(signal)).readings.map(({ mount }) => mount)).toEqual([
      "C:\\",
    ]);
  });

  it("leave out an excluded drive", async () => {
    const { metrics } = windowsOf({});
    expect(await metrics.fileSystems(signal, (mount) => mount === "C:\\")).toMatchObject({
      readings: [],
      excluded: ["C:\\"],
    });
  });

  it("take page file, battery and disks from the watcher, and forget them when it stops reporting", async () => {
    const { metrics, clock, say } = windowsOf({});
    expect([await metrics.batteryPercent(signal), await metrics.disks()]).toEqual([null, null]);
    say(FIGURES);
    expect(await metrics.memory()).toMatchObject({
      swapTotalBytes: 2_147_483_648,
      swapUsedBytes: 536_870_912,
    });
    expect(await metrics.batteryPercent(signal)).toBe(64);
    await metrics.disks();
    say(FIGURES.replace("123456789", "123456999"));
    expect(await metrics.disks()).toEqual({ inBytes: 210, outBytes: 0 });
    await clock.advance(60_000);
    expect(await metrics.batteryPercent(signal)).toBeNull();
  });

  it("count the bytes of switches and tunnels once, by the hardware adapters", async () => {
    const cim = read("cim.json").replace('"isServer"', '"adapters": ["Ethernet", "Wi-Fi"], "isServer"');
    const { metrics, say, commands } = windowsOf({ [NETSTAT]: read("netstat-e.txt") }, cim);
    const metricsLine = (bytes: number) =>
      JSON.stringify({
        kind: "metrics",
        adapters: [
          { name: "Ethernet", received: bytes, sent: 10 },
          { name: "vEthernet (External)", received: bytes, sent: 10 },
          { name: "Corp VPN", received: bytes, sent: 10 },
        ],
      });
    await metrics.network();
    say(metricsLine(1_000));
    await metrics.network();
    say(metricsLine(5_000));
    expect(await metrics.network()).toEqual({
      inBytes: 4_000,
      outBytes: 0,
      interfaces: new Map([["Ethernet", { inBytes: 5_000, outBytes: 10 }]]),
    });
    expect(commands.started.filter((command) => command === NETSTAT)).toHaveLength(1);
  });

  it("start one watcher, and another one a minute after it ended", async () => {
    const { metrics, clock, commands } = windowsOf({});
    await metrics.disks();
    await metrics.disks();
    expect(commands.following(POWERSHELL)).toBe(1);
    commands.end(POWERSHELL, "ended with 1");
    await metrics.disks();
    expect(commands.following(POWERSHELL)).toBe(0);
    await clock.advance(60_000);
    await metrics.disks();
    expect(commands.following(POWERSHELL)).toBe(1);
  });

  it.each<[string, Record<string, FakeAnswer>, boolean | null]>([
    ["a waiting update", { [PENDING]: ABSENT, [REQUIRED]: "HKEY..." }, true],
    ["neither key", { [PENDING]: ABSENT, [REQUIRED]: ABSENT }, false],
    ["no registry tool", {}, null],
  ])("with %s report that a reboot is required: %j", async (_, answers, expected) => {
    expect(await windowsOf(answers).metrics.rebootRequired(signal)).toBe(expected);
  });

  it("never return a value outside the contract for hostile or truncated output", async () => {
    const round = fc.tuple(hostileText(read("netstat-e.txt")), hostileText(FIGURES));
    await fc.assert(
      fc.asyncProperty(round, round, hostileText(read("cim.json")), async (before, after, cim) => {
        const answers: Record<string, string> = {};
        const { metrics, clock, say } = windowsOf(answers, cim);
        const take = createSampleTaker(metrics, clock);
        for (const [netstat, line] of [before, after]) {
          answers[NETSTAT] = netstat;
          await take();
          say(line);
          await clock.advance(1_000);
        }
        await take();
      }),
      { numRuns: 100 },
    );
  });
});
