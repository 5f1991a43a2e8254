import { describe, expect, it } from "vitest";
import { createManualClock } from "../../../../tests/harness/manual-clock.ts";
import { createAuthEpochTracker } from "./auth-epoch-tracker.ts";

/** A authEpoch on an epoch that the test sets; each read waits until the test lets it go. */
function start() {
  const clock = createManualClock();
  const database = { epoch: 1, reads: 0, gate: Promise.resolve() };
  const authEpoch = createAuthEpochTracker({
    clock,
    maxAgeMs: 500,
    read: async () => {
      database.reads += 1;
      const { epoch } = database;
      await database.gate;
      return epoch;
    },
  });
  return { clock, database, authEpoch };
}

describe("an epoch authEpoch", () => {
  it("reads at most once per period, however many callers there are", async () => {
    const { clock, database, authEpoch } = start();
    await Promise.all([authEpoch.current(), authEpoch.current(), authEpoch.current()]);
    clock.advance(499);
    expect(authEpoch.current()).toBe(1);
    expect(database.reads).toBe(1);
    database.epoch = 2;
    clock.advance(1);
    expect(await authEpoch.current()).toBe(2);
    expect(database.reads).toBe(2);
  });

  it("reads immediately after a hint", async () => {
    const { database, authEpoch } = start();
    await authEpoch.current();
    database.epoch = 2;
    authEpoch.invalidate();
    expect(await authEpoch.current()).toBe(2);
  });

  it("does not treat a read that began before a hint as fresh", async () => {
    const { database, authEpoch } = start();
    let open = () => {};
    database.gate = new Promise((resolve) => {
      open = resolve;
    });
    const early = authEpoch.current();
    database.epoch = 2;
    authEpoch.invalidate();
    open();
    expect(await early).toBe(1);
    expect(await authEpoch.current()).toBe(2);
  });

  it("never goes back, and notifies listeners once for each newer one", async () => {
    const { authEpoch } = start();
    const seen: number[] = [];
    const stop = authEpoch.onChange(() => seen.push(authEpoch.latest));
    authEpoch.update(5);
    authEpoch.update(4);
    authEpoch.update(5);
    await authEpoch.current();
    expect([authEpoch.latest, seen]).toEqual([5, [5]]);
    stop();
    authEpoch.update(6);
    expect(seen).toEqual([5]);
  });

  it("reads again after a read that failed", async () => {
    const clock = createManualClock();
    let reads = 0;
    const authEpoch = createAuthEpochTracker({
      clock,
      maxAgeMs: 500,
      read: async () => {
        reads += 1;
        if (reads === 1) throw new Error("the database is away");
        return 3;
      },
    });
    await expect(authEpoch.current()).rejects.toThrow("away");
    expect(await authEpoch.current()).toBe(3);
  });
});
