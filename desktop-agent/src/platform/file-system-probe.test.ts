import { statfs } from "node:fs/promises";
import { afterAll, describe, expect, it } from "vitest";
import { createFileSystemProbe, type StatfsAnswer } from "./file-system-probe.ts";
import { startHangingMount } from "./testing/hanging-mount.ts";

const ANSWER: StatfsAnswer = { bsize: 4096, blocks: 1000, bfree: 400, bavail: 300 };
const LIMIT_MS = 10;
const { signal } = new AbortController();
const disk = (mount: string) => ({ mount, type: "ext4" });

/** A statfs whose answers to some mounts wait until the test gives them. */
function slowStatfs(slow: readonly string[]) {
  const waiting = new Map<string, PromiseWithResolvers<StatfsAnswer>>();
  const asked: string[] = [];
  return {
    asked,
    answer: (mount: string) => waiting.get(mount)?.resolve(ANSWER),
    statfs: (mount: string) => {
      asked.push(mount);
      if (!slow.includes(mount)) return Promise.resolve(ANSWER);
      const answer = Promise.withResolvers<StatfsAnswer>();
      waiting.set(mount, answer);
      return answer.promise;
    },
  };
}

describe("file system probe", () => {
  it("counts used and free as df does, without root's reserve", async () => {
    const probe = createFileSystemProbe(() => Promise.resolve(ANSWER), LIMIT_MS);
    const { readings } = await probe.measure([disk("/")], signal);
    expect(readings).toEqual([
      {
        mount: "/",
        type: "ext4",
        sizeBytes: 4_096_000,
        usedPercent: (600 / 900) * 100,
        freeBytes: 1_228_800,
      },
    ]);
  });

  it("names a mount that hangs, measures the others, and does not access it again", async () => {
    const { statfs: slow, asked } = slowStatfs(["/hung"]);
    const probe = createFileSystemProbe(slow, LIMIT_MS);
    const mounts = [disk("/hung"), disk("/")];
    for (const round of [1, 2, 3]) {
      const { readings, hung } = await probe.measure(mounts, signal);
      expect([round, readings.map(({ mount }) => mount), hung]).toEqual([round, ["/"], ["/hung"]]);
    }
    expect(asked.filter((mount) => mount === "/hung")).toHaveLength(1);
    expect(probe.openCalls()).toBe(1);
  });

  it("does not touch what is excluded", async () => {
    const { statfs: slow, asked } = slowStatfs(["/hung"]);
    const probe = createFileSystemProbe(slow, LIMIT_MS);
    const result = await probe.measure([disk("/hung"), disk("/")], signal, (mount) => mount === "/hung");
    expect(result).toMatchObject({ readings: [{ mount: "/" }], hung: [], excluded: ["/hung"] });
    expect(asked).toEqual(["/"]);
  });

  it("measures a mount again once it has answered", async () => {
    const { statfs: slow, answer } = slowStatfs(["/hung"]);
    const probe = createFileSystemProbe(slow, LIMIT_MS);
    await probe.measure([disk("/hung")], signal);
    answer("/hung");
    await Promise.resolve();
    const again = probe.measure([disk("/hung")], signal);
    answer("/hung");
    expect(await again).toMatchObject({ readings: [{ mount: "/hung" }], hung: [] });
  });

  it("blocks at most two threads", async () => {
    const { statfs: slow, asked } = slowStatfs(["/a", "/b", "/c"]);
    const probe = createFileSystemProbe(slow, LIMIT_MS);
    const { readings, hung } = await probe.measure(["/a", "/b", "/c", "/"].map(disk), signal);
    expect([readings, hung, asked]).toEqual([[], ["/a", "/b"], ["/a", "/b"]]);
  });

  it("leaves out a mount that fails or returns invalid numbers", async () => {
    const probe = createFileSystemProbe(
      (mount) =>
        mount === "/gone" ? Promise.reject(new Error("ENOENT")) : Promise.resolve({ ...ANSWER, blocks: -1 }),
      LIMIT_MS,
    );
    expect(await probe.measure([disk("/gone"), disk("/odd")], signal)).toEqual({
      readings: [],
      hung: [],
      excluded: [],
    });
  });
});

const mount = await startHangingMount();

describe.skipIf(mount === null)(
  "a real file system that never answers (skipped without root, FUSE or Python)",
  () => {
    afterAll(() => mount?.unmount());

    it("is named, and the other disks are measured", async () => {
      const probe = createFileSystemProbe(statfs, 200);
      const { readings, hung } = await probe.measure([disk(mount?.path ?? ""), disk("/")], signal);
      expect(hung).toEqual([mount?.path]);
      expect(readings.map(({ mount: point }) => point)).toEqual(["/"]);
    });
  },
);
