import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createFakeClock, type FakeClock } from "../../platform/fake/fake-clock.ts";
import { createFakeFiles } from "../../platform/fake/fake-files.ts";
import { createLog } from "../log.ts";
import { createAgentHome } from "../state/agent-home.ts";
import { createStateFiles } from "../state/state-files.ts";
import { openSpool, SPOOL_LIMITS, type SpoolLimits } from "./spool.ts";

const FOLDER = "/spool";
const BOOT = "boot-1";
const HOUR_MS = 3_600_000;

async function setUp(
  limits: Partial<SpoolLimits> = {},
  files = createFakeFiles(),
  clock = createFakeClock(),
) {
  const logged: string[] = [];
  const open = () =>
    openSpool({
      files: createStateFiles({ files, home: createAgentHome("/"), warn: () => undefined }),
      folder: FOLDER,
      limits: { ...SPOOL_LIMITS, ...limits },
      present: () => ({ bootId: BOOT, sinceBootMs: clock.sinceBootMs(), wallMs: clock.wallMs() }),
      log: createLog({ level: "info", wallMs: clock.wallMs, write: (line) => void logged.push(line) }),
    });
  return { files, clock, logged, open, spool: await open() };
}

const sampleNow = (clock: FakeClock, cpu = 1) => ({
  bootId: BOOT,
  sinceBootMs: clock.sinceBootMs(),
  sample: { at: clock.wallMs(), cpu },
});

type Set = Awaited<ReturnType<typeof setUp>>;

async function fill({ spool, clock }: Pick<Set, "spool" | "clock">, count: number, everyMs = 30_000) {
  const instants: number[] = [];
  for (let index = 0; index < count; index += 1) {
    instants.push(clock.wallMs());
    await spool.append(sampleNow(clock, index % 100));
    clock.sleep(everyMs);
  }
  return instants;
}

describe("openSpool", () => {
  it("returns the oldest first, and again until they are dropped", async () => {
    const set = await setUp();
    const instants = await fill(set, 10);
    const first = await set.spool.peek(4);
    expect(first?.samples.map(({ at }) => at)).toEqual(instants.slice(0, 4));
    expect(await set.spool.peek(4)).toEqual(first);
    await set.spool.drop(first?.through ?? 0);
    expect((await set.spool.peek(100))?.samples.map(({ at }) => at)).toEqual(instants.slice(4));
    expect(set.spool.status()).toMatchObject({ samples: 6, dropped: 0 });
  });

  it("is empty after everything was dropped, leaves no segment, and continues its numbers", async () => {
    const set = await setUp();
    await fill(set, 3);
    const batch = await set.spool.peek(100);
    await set.spool.drop(batch?.through ?? 0);
    expect(await set.spool.peek(100)).toBeNull();
    expect([...set.files.contents.keys()].filter((path) => path.endsWith(".spool"))).toEqual([]);
    await fill(set, 1);
    expect((await set.spool.peek(100))?.through).toBeGreaterThan(batch?.through ?? 0);
  });

  it("knows after a restart what was kept and what was dropped", async () => {
    const set = await setUp({ segmentBytes: 400 });
    const instants = await fill(set, 20);
    await set.spool.drop(7);
    const reopened = await set.open();
    expect((await reopened.peek(100))?.samples.map(({ at }) => at)).toEqual(instants.slice(7));
    await fill({ spool: reopened, clock: set.clock }, 1);
    expect(reopened.status().samples).toBe(14);
  });

  it("loses only the torn line of a crash, wherever it was torn", async () => {
    const whole = await setUp();
    const instants = await fill(whole, 3);
    const path = join(FOLDER, "000000000000001.spool");
    const text = whole.files.contents.get(path) ?? "";
    const lastLine = text.lastIndexOf("\n", text.length - 2) + 1;
    for (let cut = lastLine; cut < text.length; cut += 7) {
      const files = createFakeFiles();
      await files.replace(path, text.slice(0, cut), { sync: false });
      const set = await setUp({}, files, whole.clock);
      await fill(set, 1, 0);
      const kept = (await set.spool.peek(100))?.samples.map(({ at }) => at);
      expect(kept).toEqual([...instants.slice(0, 2), whole.clock.wallMs()]);
    }
  });

  it("skips a damaged line in the middle and counts it once", async () => {
    const set = await setUp();
    await fill(set, 3);
    const path = join(FOLDER, "000000000000001.spool");
    const lines = (set.files.contents.get(path) ?? "").split("\n");
    await set.files.replace(path, [lines[0], "\u0000\u0000garbage", lines[2], ""].join("\n"), {
      sync: false,
    });
    const reopened = await set.open();
    await reopened.peek(100);
    expect((await reopened.peek(100))?.samples).toHaveLength(2);
    expect(reopened.status().dropped).toBe(1);
  });

  it("drops samples older than 72 hours", async () => {
    const set = await setUp({ segmentBytes: 2000 });
    await fill(set, 100, HOUR_MS);
    const { samples, dropped } = set.spool.status();
    const left = (await set.spool.peek(500))?.samples ?? [];
    expect(Math.min(...left.map(({ at }) => at))).toBeGreaterThanOrEqual(set.clock.wallMs() - 72 * HOUR_MS);
    expect(left.length).toBe(72);
    expect(samples + dropped).toBe(100);
    expect(set.logged.join()).toContain("dropped");
  });

  it("does not treat a jump of the wall clock within a boot as age", async () => {
    const set = await setUp();
    await fill(set, 5);
    set.clock.setWall(set.clock.wallMs() + 1000 * 24 * HOUR_MS);
    expect((await set.spool.peek(100))?.samples).toHaveLength(5);
  });

  it("stays within its size by dropping the oldest first", async () => {
    const set = await setUp({ maxBytes: 5000, segmentBytes: 1000 });
    const instants = await fill(set, 200);
    const { sizeBytes, samples, dropped } = set.spool.status();
    expect(sizeBytes).toBeLessThanOrEqual(5000);
    expect(samples + dropped).toBe(200);
    expect((await set.spool.peek(500))?.samples.map(({ at }) => at)).toEqual(instants.slice(-samples));
  });

  it("continues after the disk stored only a part of a line", async () => {
    const set = await setUp();
    const [first] = await fill(set, 1);
    const path = join(FOLDER, "000000000000001.spool");
    set.files.failWrites("ENOSPC");
    await set.spool.append(sampleNow(set.clock));
    set.files.failWrites(null);
    await set.files.append(path, '{"b":"boot-1","t":12', { sync: false });
    const [last] = await fill(set, 1);
    expect((await set.spool.peek(100))?.samples.map(({ at }) => at)).toEqual([first, last]);
    expect(set.spool.status()).toMatchObject({ samples: 2, dropped: 1, isBlocked: false });
    expect((await (await set.open()).peek(100))?.samples.map(({ at }) => at)).toEqual([first, last]);
  });

  it("never fails its caller, also when old samples must be dropped from a full disk", async () => {
    const set = await setUp({ maxBytes: 500, segmentBytes: 200 });
    await fill(set, 10);
    set.files.failWrites("EROFS");
    await fill(set, 10);
    await set.spool.drop(3);
    expect(set.spool.status().isBlocked).toBe(true);
  });

  it("logs once that the disk cannot be written", async () => {
    const set = await setUp();
    set.files.failWrites("ENOSPC");
    await fill(set, 5);
    expect(set.spool.status()).toMatchObject({ samples: 0, dropped: 5, isBlocked: true });
    expect(set.logged).toHaveLength(1);
  });
});
