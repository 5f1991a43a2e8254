import pino from "pino";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createManualClock, type ManualClock } from "../../../../tests/harness/manual-clock.ts";
import { DIALECTS, openTestStore, type TestStore } from "../../../../tests/harness/test-store.ts";
import { createRetentionClockRow } from "./retention-clock.system-repository.ts";
import { createRetentionClock } from "./retention-clock.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

describe.each(DIALECTS)("the retention clock on %s", (dialect) => {
  let test: TestStore;
  let clock: ManualClock;
  let lines: { level: number; msg: string }[];

  beforeEach(async () => {
    test = await openTestStore(dialect);
    clock = createManualClock();
    lines = [];
  });
  afterEach(() => test.remove());

  function startServer() {
    const log = pino({}, { write: (line: string) => void lines.push(JSON.parse(line)) });
    const row = createRetentionClockRow(test.store);
    return createRetentionClock({ row, clock, observedMs: clock.monotonic, log });
  }

  it("warns once about a clock that is far ahead, and logs when it is plausible again", async () => {
    const server = startServer();
    await server.advance();
    clock.step(1100 * DAY_MS);
    for (let run = 0; run < 3; run += 1) await server.advance();
    expect(lines).toEqual([
      expect.objectContaining({ level: 40, msg: expect.stringMatching(/held.*muster retention confirm/) }),
    ]);
    expect([server.isHeld(), Math.round(server.lagS() / 86_400)]).toEqual([true, 1100]);
    clock.step(-1100 * DAY_MS);
    await server.advance();
    expect(lines.map(({ level }) => level)).toEqual([40, 30]);
    expect(server.isHeld()).toBe(false);
  });

  it("stays held after a restart, and on another server", async () => {
    const before = await startServer().advance();
    clock.step(1100 * DAY_MS);
    clock.advance(HOUR_MS);
    const restarted = startServer();
    await restarted.load();
    expect(restarted.isHeld()).toBe(true);
    expect(restarted.expiryTime()).toBe((before ?? 0) + HOUR_MS);
    expect(await restarted.advance()).toBe((before ?? 0) + HOUR_MS);
    expect(await startServer().advance()).toBe((before ?? 0) + HOUR_MS);
  });

  it("counts uptime once, however many servers advance it at the same time", async () => {
    const servers = [startServer(), startServer(), startServer()];
    const before = (await servers[0]?.advance()) ?? 0;
    clock.step(3 * DAY_MS);
    clock.advance(HOUR_MS);
    await Promise.all(servers.map((server) => server.advance()));
    const { reachedAt } = await createRetentionClockRow(test.store).read();
    expect(reachedAt).toBe(before + 2 * HOUR_MS);
  });

  it("allows no deletion later than the wall clock", async () => {
    const server = startServer();
    const before = (await server.advance()) ?? 0;
    clock.step(-30 * DAY_MS);
    expect(await server.advance()).toBe(before - 30 * DAY_MS);
    expect(server.isHeld()).toBe(true);
  });

  it("expires nothing before the progress is loaded", () => {
    expect(startServer().expiryTime()).toBe(0);
  });
});
