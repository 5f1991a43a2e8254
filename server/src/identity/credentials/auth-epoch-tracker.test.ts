import { describe, expect, it } from "vitest";
import { createManualClock } from "../../../../tests/harness/manual-clock.ts";
import { createAuthEpochTracker } from "./auth-epoch-tracker.ts";

/** A watch on an epoch that the test sets; each read waits until the test lets it go. */
function start() {
  const clock = createManualClock();
  const database = { epoch: 1, reads: 0, gate: Promise.resolve() };
  const watch = createAuthEpochTracker({
    clock,
    maxAgeMs: 500,
    read: async () => {
      database.reads += 1;
      const { epoch } = database;
      await database.gate;
      return epoch;
    },
  });
  return { clock, database, watch };
}

describe("an epoch watch", () => {
  it("reads at most once in its time, however many ask", async () => {
    const { clock, database, watch } = start();
    await Promise.all([watch.current(), watch.current(), watch.current()]);
    clock.advance(499);
    expect(watch.current()).toBe(1);
    expect(database.reads).toBe(1);
    database.epoch = 2;
    clock.advance(1);
    expect(await watch.current()).toBe(2);
    expect(database.reads).toBe(2);
  });

  it("reads at once after a hint", async () => {
    const { database, watch } = start();
    await watch.current();
    database.epoch = 2;
    watch.invalidate();
    expect(await watch.current()).toBe(2);
  });

  it("does not take a read that began before a hint for fresh", async () => {
    const { database, watch } = start();
    let open = () => {};
    database.gate = new Promise((resolve) => {
      open = resolve;
    });
    const early = watch.current();
    database.epoch = 2;
    watch.invalidate();
    open();
    expect(await early).toBe(1);
    expect(await watch.current()).toBe(2);
  });

  it("never goes back, and tells listeners once for each newer one", async () => {
    const { watch } = start();
    const seen: number[] = [];
    const stop = watch.onChange(() => seen.push(watch.latest));
    watch.update(5);
    watch.update(4);
    watch.update(5);
    await watch.current();
    expect([watch.latest, seen]).toEqual([5, [5]]);
    stop();
    watch.update(6);
    expect(seen).toEqual([5]);
  });

  it("asks again after a read that failed", async () => {
    const clock = createManualClock();
    let reads = 0;
    const watch = createAuthEpochTracker({
      clock,
      maxAgeMs: 500,
      read: async () => {
        reads += 1;
        if (reads === 1) throw new Error("the database is away");
        return 3;
      },
    });
    await expect(watch.current()).rejects.toThrow("away");
    expect(await watch.current()).toBe(3);
  });
});
