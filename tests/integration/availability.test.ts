import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { KEPT_INTERVALS } from "../../server/src/fleet/availability/availability.job.ts";
import {
  type FleetTenant,
  type FleetWorld,
  makeFleetTenant,
  sendReport,
  startFleet,
  type TestDevice,
} from "../harness/fleet-server.ts";
import { passObservedTime } from "../harness/pass-observed-time.ts";
import { DIALECTS } from "../harness/test-store.ts";

const MINUTE_S = 60;
const HOUR_S = 3_600;
const DAY_S = 86_400;

describe.each(DIALECTS)("availability on %s", (dialect) => {
  let world: FleetWorld;
  let tenant: FleetTenant;

  beforeAll(async () => {
    world = await startFleet(dialect);
  });
  beforeEach(async () => {
    tenant = await makeFleetTenant(world);
  });
  afterAll(() => world.remove());

  const report = async (device: TestDevice, change = {}) => {
    const { status, body } = await sendReport(world, device, device.nextReport(world.clock.now(), change));
    expect([status, body.stored]).toEqual([200, true]);
  };
  const get = async (path: string) => (await world.ask("GET", path, { bearer: tenant.key })).body;
  const of = (device: TestDevice, query = "") => get(`/api/v1/devices/${device.id}/availability${query}`);
  const post = (path: string) => world.ask("POST", path, { bearer: tenant.key });
  const rowsOf = async (table: "presence_intervals" | "availability_months" | "availability_marks") =>
    (await world.store.read.selectFrom(table).select("device_no").execute()).length;

  const pass = (seconds: number) => passObservedTime(world, seconds);

  test("counts an outage from the last report, and writes nothing for an ordinary report", async () => {
    const device = await tenant.enrol({ classGuess: "server" });
    await pass(MINUTE_S);
    await report(device);
    const rows = await rowsOf("presence_intervals");
    for (let minutes = 0; minutes < 4; minutes += 1) {
      await pass(MINUTE_S);
      await report(device);
    }
    expect(await rowsOf("presence_intervals")).toBe(rows);
    await pass(HOUR_S);
    const down = await of(device);
    expect(down.total).toMatchObject({ unknownS: 60, upS: 240, downS: HOUR_S, outages: 1 });
    expect(down.total.percent).toBe(6.25);
    expect(down.intervals[0]).toMatchObject({
      state: "down",
      reason: "offline",
      to: null,
      durationS: HOUR_S,
    });
    await report(device);
    await pass(MINUTE_S);
    const back = await of(device);
    expect(back.last24Hours).toEqual(back.total);
    expect(back.intervals[0]).toMatchObject({ state: "down", durationS: HOUR_S });
    expect(back.intervals[0].to).not.toBeNull();
    expect(back.total.upS).toBe(300);
  });

  test("excuses a sleeping laptop and a maintenance, and counts neither", async () => {
    const laptop = await tenant.enrol({ classGuess: "laptop" });
    await report(laptop);
    await pass(MINUTE_S);
    await report(laptop, { samples: [], lastWord: "asleep" });
    await pass(HOUR_S);
    expect((await of(laptop)).total).toMatchObject({ percent: 100, upS: 60, excusedS: HOUR_S, downS: 0 });
    expect((await of(laptop)).intervals[0]).toMatchObject({ state: "excused", reason: "asleep" });

    const server = await tenant.enrol({ classGuess: "server" });
    await report(server);
    await pass(HOUR_S);
    const maintenanceUntil = new Date(world.clock.now() + 1_800_000).toISOString();
    const body = { maintenanceUntil };
    await world.ask("PATCH", `/api/v1/devices/${server.id}`, { bearer: tenant.key, body });
    await pass(1_800);
    await pass(1_800);
    expect((await of(server)).total).toMatchObject({ excusedS: 1_800, downS: HOUR_S + 1_800, outages: 2 });
  });

  test("does not count the time in which no server ran, neither as up nor as down", async () => {
    const [kept, lost] = [await tenant.enrol(), await tenant.enrol()];
    await report(kept);
    await report(lost);
    await pass(MINUTE_S);
    await report(kept);
    world.clock.advance(2 * HOUR_S * 1_000);
    await world.runJobs("fleet-presence-clock");
    await report(kept);
    expect((await get(`/api/v1/devices/${kept.id}`)).unobservedS).toBe(2 * HOUR_S);
    for (let minutes = 0; minutes < 60; minutes += 5) {
      await report(kept);
      await pass(5 * MINUTE_S);
    }
    expect((await of(kept)).total).toMatchObject({ unknownS: 2 * HOUR_S, downS: 0, percent: 100 });
    const { total, intervals } = await of(lost);
    expect(total).toMatchObject({ unknownS: 2 * HOUR_S, downS: HOUR_S + 60 });
    expect(intervals[0].durationS).toBe(HOUR_S + 60);
  });

  test("knows nothing of a device until it is approved, and records nothing while it is archived", async () => {
    const device = await tenant.enrol({ needsApproval: true });
    await report(device);
    await pass(MINUTE_S);
    await report(device);
    await post(`/api/v1/devices/${device.id}/approve`);
    await pass(MINUTE_S);
    await report(device);
    await post(`/api/v1/devices/${device.id}/archive`);
    await pass(HOUR_S);
    expect((await of(device)).total).toMatchObject({ unknownS: 60, upS: 60, downS: 0, excusedS: 0 });
    await post(`/api/v1/devices/${device.id}/restore`);
    await pass(MINUTE_S);
    expect((await of(device)).total).toMatchObject({ unknownS: 60, upS: 60, downS: 60 });
  });

  test("answers the same after its days are finished, and computes them again when a change reaches back", async () => {
    const device = await tenant.enrol({ classGuess: "server" });
    await report(device);
    await pass(2 * DAY_S);
    await report(device);
    await pass(MINUTE_S);
    await report(device);
    const before = await of(device);
    await world.runJobs("fleet-availability");
    expect(await rowsOf("availability_months")).toBeGreaterThan(0);
    expect(await of(device)).toEqual(before);
    expect(await get("/api/v1/availability")).toMatchObject({
      days: before.days,
      total: before.total,
      last24Hours: before.last24Hours,
      devices: 1,
      lowest: [{ id: device.id, percent: before.total.percent }],
    });

    // Four days without any server: the outage that is found afterwards began before them.
    world.clock.advance(4 * DAY_S * 1_000);
    await world.runJobs("fleet-presence-clock", "fleet-availability");
    await pass(HOUR_S);
    const reachedBack = await of(device);
    await world.runJobs("fleet-availability");
    expect(await of(device)).toEqual(reachedBack);
    expect(reachedBack.total).toMatchObject({ unknownS: 4 * DAY_S, downS: 2 * DAY_S + HOUR_S, upS: 60 });
  });

  test("keeps few intervals of a device that comes and goes, and the sums of its days", async () => {
    const device = await tenant.enrol({ classGuess: "server" });
    const { device_no } = await world.store.read
      .selectFrom("devices")
      .select("device_no")
      .where("id", "=", device.id)
      .executeTakeFirstOrThrow();
    const started_at = world.clock.now();
    const lengthMs = 10 * MINUTE_S * 1_000;
    const rows = Array.from({ length: KEPT_INTERVALS + 40 }, (_, index) => ({
      device_no,
      started_at: started_at + (index + 1) * lengthMs,
      ended_at: started_at + (index + 2) * lengthMs,
      state: index % 2 === 0 ? ("down" as const) : ("up" as const),
      reason: null,
    }));
    await world.store.transaction(async (tx) => {
      const ended_at = started_at + lengthMs;
      await tx
        .updateTable("presence_intervals")
        .set({ ended_at })
        .where("device_no", "=", device_no)
        .execute();
      await tx.insertInto("presence_intervals").values(rows).execute();
    });
    await pass(15 * DAY_S);
    await report(device);
    const before = await of(device);
    expect(before.total.outages).toBe(KEPT_INTERVALS / 2 + 20);
    await world.runJobs("fleet-availability");
    const after = await of(device);
    expect(after.total).toEqual(before.total);
    expect(after.days).toEqual(before.days);
    expect(after.areIntervalsLimited).toBe(true);
    const kept = await world.store.read
      .selectFrom("presence_intervals")
      .select("started_at")
      .where("device_no", "=", device_no)
      .execute();
    expect(kept.length).toBe(KEPT_INTERVALS);
  });

  test("deletes what is older than 400 days, and everything of a purged device", async () => {
    const device = await tenant.enrol({ classGuess: "server" });
    await report(device);
    await pass(DAY_S);
    await report(device);
    for (let days = 0; days < 420; days += 60) {
      await pass(60 * DAY_S);
      await report(device);
      await world.runJobs("fleet-availability");
    }
    const { days } = await of(
      device,
      `?from=${new Date(world.clock.now() - 399 * DAY_S * 1_000).toISOString()}`,
    );
    expect(days).toHaveLength(400);
    expect(days[0].downS).toBe(DAY_S);
    const stored = await world.store.read
      .selectFrom("availability_months as a")
      .innerJoin("devices as d", "d.device_no", "a.device_no")
      .select("a.month")
      .where("d.id", "=", device.id)
      .execute();
    expect(stored.length).toBeLessThanOrEqual(15);
    await post(`/api/v1/devices/${device.id}/archive`);
    const tables = ["presence_intervals", "availability_months", "availability_marks"] as const;
    const before = await Promise.all(tables.map(rowsOf));
    await world.ask("DELETE", `/api/v1/devices/${device.id}`, { bearer: tenant.key });
    const after = await Promise.all(tables.map(rowsOf));
    for (const [index, count] of after.entries()) expect(count).toBeLessThan(before[index] ?? 0);
  });

  test("adds up the devices of a customer or tag, and of no other organization", async () => {
    const [ours, theirs] = [
      await tenant.enrol({ customer: "Globex", tags: ["web"] }),
      await tenant.enrol({ customer: "Initech" }),
    ];
    await report(ours);
    await report(theirs);
    await pass(MINUTE_S);
    await report(ours);
    await pass(MINUTE_S * 30);
    await report(ours);
    await report(theirs);
    const globex = await get("/api/v1/availability?customer=Globex");
    expect(globex).toMatchObject({ devices: 1, lowest: [{ id: ours.id }] });
    expect(globex.total).toEqual((await of(ours)).total);
    expect((await get("/api/v1/availability?tag=web")).devices).toBe(1);
    expect((await get("/api/v1/availability")).devices).toBe(2);
    const other = await makeFleetTenant(world);
    const foreign = await world.ask("GET", "/api/v1/availability", { bearer: other.key });
    expect(foreign.body).toMatchObject({ devices: 0, lowest: [], total: { percent: null, upS: 0 } });
  });

  test.each([
    ["a range that ends before it begins", "?from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z"],
    ["a range in the future", "?from=2099-01-01T00:00:00Z"],
    ["a range of years", "?from=2001-01-01T00:00:00Z"],
    ["a date that is none", "?from=yesterday"],
  ])("refuses %s", async (_, query) => {
    const answer = await world.ask("GET", `/api/v1/availability${query}`, { bearer: tenant.key });
    expect(answer.status).toBe(400);
  });
});
