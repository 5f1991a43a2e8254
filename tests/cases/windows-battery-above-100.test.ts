import { describe, expect, it } from "vitest";
import { chargePercentOf } from "../../desktop-agent/src/platform/reading-values.ts";
import { createFileSystemProbe } from "../../desktop-agent/src/platform/file-system-probe.ts";
import { findBatteries, readBattery } from "../../desktop-agent/src/platform/linux/read-battery.ts";
import { parsePmsetBatt } from "../../desktop-agent/src/platform/macos/parse-pmset-batt.ts";
import { createMemorySystemFiles } from "../../desktop-agent/src/platform/testing/memory-system-files.ts";
import { parseWatcherLine } from "../../desktop-agent/src/platform/windows/watcher.ts";

const onWindows = (batteryPercent: unknown) => {
  const line = parseWatcherLine(JSON.stringify({ kind: "metrics", batteryPercent }));
  return line?.kind === "metrics" ? line.batteryPercent : undefined;
};
const onLinux = async (capacity: number) => {
  const FOLDER = "/sys/class/power_supply/BAT0";
  const files = createMemorySystemFiles({
    [`${FOLDER}/type`]: "Battery\n",
    [`${FOLDER}/capacity`]: `${capacity}\n`,
  });
  return (await readBattery(files, findBatteries(files))) ?? undefined;
};
const onMac = (percent: number) =>
  parsePmsetBatt(` -InternalBattery-0 (id=1234)\t${percent}%; charged; 0:00 remaining present: true\n`) ??
  undefined;

describe("the charge of a battery", () => {
  it.each([
    [103, 100],
    [104, 100],
    [117, 100],
    [100, 100],
    [64, 64],
    [0, 0],
    [255, undefined],
    [65_535, undefined],
    [-1, undefined],
  ])("of %d is %s on every system", async (told, expected) => {
    expect(onWindows(told)).toBe(expected);
    expect(await onLinux(told)).toBe(expected);
    expect(onMac(told)).toBe(expected);
  });

  it("is unknown when it is not reported", () => {
    expect(onWindows(null)).toBeUndefined();
    expect(onWindows("")).toBeUndefined();
    expect(chargePercentOf(Number.NaN)).toBeUndefined();
  });
});

describe("a file system with a negative free count", () => {
  it("is full, not unknown", async () => {
    // A free count below zero is a huge one when it is read without its sign.
    const answer = { bsize: 4096, blocks: 1_000_000, bfree: 10, bavail: 2 ** 64 - 5 };
    const probe = createFileSystemProbe(async () => answer, 1_000);
    const { readings } = await probe.measure([{ mount: "/", type: "ufs" }], new AbortController().signal);
    expect(readings).toMatchObject([{ usedPercent: 100, freeBytes: 0 }]);
  });
});
