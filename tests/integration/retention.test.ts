import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createRetentionClockRow } from "../../server/src/platform/jobs/retention-clock.system-repository.ts";
import { confirmed } from "../../server/src/platform/jobs/retention-pace.ts";
import { type FleetWorld, startFleet } from "../harness/fleet-server.ts";
import { DIALECTS } from "../harness/test-store.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

describe.each(DIALECTS)("deletion by age on %s", (dialect) => {
  let world: FleetWorld;
  beforeEach(async () => {
    world = await startFleet(dialect);
    await world.runJobs("history-retention");
  });
  afterEach(() => world.remove());

  /** One segment per hour of the `days` before now, as packing leaves them. */
  async function storeSegments(days: number): Promise<void> {
    const newest = Math.floor(world.clock.now() / HOUR_MS);
    const rows = Array.from({ length: days * 24 }, (_, age) => ({
      device_no: 1,
      period: newest - age,
      bytes: Buffer.alloc(1),
    }));
    await world.store.transaction((tx) => tx.insertInto("history_segments").values(rows).execute());
  }

  async function countSegments(): Promise<number> {
    return (await world.store.read.selectFrom("history_segments").select("id").execute()).length;
  }

  it("deletes only what was due when the clock jumps by 1,100 days", async () => {
    await storeSegments(31);
    world.clock.step(1100 * DAY_MS);
    await world.runJobs("history-retention");
    expect(await countSegments()).toBe(30 * 24 + 1);
  });

  it("deletes by age as the server runs", async () => {
    await storeSegments(31);
    for (let day = 0; day < 10; day += 1) {
      world.clock.advance(DAY_MS);
      await world.runJobs("history-retention");
    }
    expect(await countSegments()).toBe(20 * 24 + 1);
  });

  it("deletes at most two days of data per day of uptime after the server was down", async () => {
    await storeSegments(31);
    world.clock.step(5 * DAY_MS);
    world.clock.advance(DAY_MS);
    await world.runJobs("history-retention");
    expect(await countSegments()).toBe(28 * 24 + 1);
  });

  it("continues when the wrong clock is confirmed, or corrected", async () => {
    await storeSegments(31);
    world.clock.step(40 * DAY_MS);
    await world.runJobs("history-retention");
    expect(await countSegments()).toBe(30 * 24 + 1);
    world.clock.step(-40 * DAY_MS);
    world.clock.advance(DAY_MS);
    await world.runJobs("history-retention");
    expect(await countSegments()).toBe(29 * 24 + 1);
    world.clock.step(40 * DAY_MS);
    await createRetentionClockRow(world.store).update((row) => confirmed(row, world.clock.now()));
    await world.runJobs("history-retention");
    expect(await countSegments()).toBe(0);
  });
});
