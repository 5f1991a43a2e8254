import { describe, expect, it } from "vitest";
import { createManualClock } from "../../../../tests/harness/manual-clock.ts";
import { createEpochWatch } from "./epoch-watch.ts";

/** A watch on an epoch that the test sets; each read waits until the test lets it go. */
function start() {
  const clock = createManualClock();
  const database = { epoch: 1, reads: 0, gate: Promise.resolve() };
  const watch = createEpochWatch({
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
    await Promise.all([watch.fresh(), watch.fresh(), watch.fresh()]);
    clock.advance(499);
    expect(watch.fresh()).toBe(1);
    expect(database.reads).toBe(1);
    database.epoch = 2;
    clock.advance(1);
    expect(await watch.fresh()).toBe(2);
    expect(database.reads).toBe(2);
  });

  it("reads at once after a hint", async () => {
    const { database, watch } = start();
    await watch.fresh();
    database.epoch = 2;
    watch.expire();
    expect(await watch.fresh()).toBe(2);
  });

  it("does not take a read that began before a hint for fresh", async () => {
    const { database, watch } = start();
    let open = () => {};
    database.gate = new Promise((resolve) => {
      open = resolve;
    });
    const early = watch.fresh();
    database.epoch = 2;
    watch.expire();
    open();
    expect(await early).toBe(1);
    expect(await watch.fresh()).toBe(2);
  });

  it("never goes back, and tells listeners once for each newer one", async () => {
    const { watch } = start();
    const seen: number[] = [];
    const stop = watch.onMove(() => seen.push(watch.seen));
    watch.note(5);
    watch.note(4);
    watch.note(5);
    await watch.fresh();
    expect([watch.seen, seen]).toEqual([5, [5]]);
    stop();
    watch.note(6);
    expect(seen).toEqual([5]);
  });

  it("asks again after a read that failed", async () => {
    const clock = createManualClock();
    let reads = 0;
    const watch = createEpochWatch({
      clock,
      maxAgeMs: 500,
      read: async () => {
        reads += 1;
        if (reads === 1) throw new Error("the database is away");
        return 3;
      },
    });
    await expect(watch.fresh()).rejects.toThrow("away");
    expect(await watch.fresh()).toBe(3);
  });
});
