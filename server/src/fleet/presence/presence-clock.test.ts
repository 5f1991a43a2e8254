import { describe, expect, test } from "vitest";
import { startPresenceClock, TICK_MS, type PresenceClockRow } from "./presence-clock.ts";

function createRow(): PresenceClockRow & { observedMs: number } {
  return {
    observedMs: 0,
    async advance(observedMs) {
      this.observedMs = Math.max(this.observedMs, observedMs);
      return this.observedMs;
    },
  };
}

describe("presence clock", () => {
  test("follows the monotonic clock while it ticks", async () => {
    let monotonic = 7_000;
    const presenceClock = await startPresenceClock({
      row: createRow(),
      clock: { now: () => 0, monotonic: () => monotonic },
    });
    for (let turn = 0; turn < 10; turn += 1) {
      monotonic += TICK_MS;
      await presenceClock.tick();
    }
    expect(presenceClock.now()).toBe(10 * TICK_MS);
  });

  test("continues after a restart where it stopped, however long that took", async () => {
    const row = createRow();
    let monotonic = 0;
    const clock = { now: () => 0, monotonic: () => monotonic };
    const before = await startPresenceClock({ row, clock });
    monotonic = 5_000;
    await before.tick();
    monotonic = 100_000_000;
    const after = await startPresenceClock({ row, clock });
    expect(after.now()).toBe(5_000);
  });

  test("does not count the hours in which the process was stopped", async () => {
    let monotonic = 0;
    const presenceClock = await startPresenceClock({
      row: createRow(),
      clock: { now: () => 0, monotonic: () => monotonic },
    });
    await presenceClock.tick();
    monotonic += 3 * 3_600_000;
    expect(presenceClock.now()).toBeLessThanOrEqual(3 * TICK_MS);
    await presenceClock.tick();
    expect(presenceClock.now()).toBeLessThanOrEqual(3 * TICK_MS);
  });

  test("does not go back when the monotonic clock appears to", async () => {
    let monotonic = 50_000;
    const presenceClock = await startPresenceClock({
      row: createRow(),
      clock: { now: () => 0, monotonic: () => monotonic },
    });
    await presenceClock.tick();
    monotonic -= 20_000;
    expect(presenceClock.now()).toBe(0);
  });

  test("adopts a later time of another server", async () => {
    const row = createRow();
    let monotonic = 0;
    const clock = { now: () => 0, monotonic: () => monotonic };
    const stopped = await startPresenceClock({ row, clock });
    row.observedMs = 3_600_000;
    stopped.adopt(3_600_000);
    expect(stopped.now()).toBe(3_600_000);
    stopped.adopt(10);
    monotonic = 1_000;
    expect(stopped.now()).toBe(3_601_000);
  });

  test("stops while its row cannot be written", async () => {
    let monotonic = 0;
    const row = createRow();
    const presenceClock = await startPresenceClock({
      row,
      clock: { now: () => 0, monotonic: () => monotonic },
    });
    row.advance = () => Promise.reject(new Error("the database is gone"));
    for (let turn = 0; turn < 100; turn += 1) {
      monotonic += TICK_MS;
      await expect(presenceClock.tick()).rejects.toThrow("gone");
    }
    expect(presenceClock.now()).toBe(3 * TICK_MS);
  });
});
