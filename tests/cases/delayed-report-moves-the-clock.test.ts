import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Report } from "@muster/shared/contracts/report.ts";
import {
  type FleetTenant,
  type FleetWorld,
  makeFleetTenant,
  startFleet,
  type TestDevice,
} from "../harness/fleet-server.ts";
import { DIALECTS } from "../harness/test-store.ts";

describe.each(DIALECTS)("a delayed live report, on %s", (dialect) => {
  let world: FleetWorld;
  let tenant: FleetTenant;
  beforeAll(async () => {
    world = await startFleet(dialect);
    tenant = await makeFleetTenant(world);
  });
  afterAll(() => world.remove());

  /** Reports of a device with a right clock, which may lie on their way for a while. */
  const send = async (
    device: TestDevice,
    given: { delayMs?: number; change?: Partial<Report>; resentAt?: number } = {},
  ) => {
    const { delayMs = 0, change = {}, resentAt } = given;
    const report = device.nextReport(world.clock.now() - delayMs, change);
    const headers: Record<string, string> =
      resentAt === undefined ? {} : { "muster-resent-at": String(resentAt) };
    const answer = await world.ask("POST", "/api/v1/agent/report", {
      bearer: device.bearer,
      body: report,
      headers,
    });
    expect(answer.status).toBe(200);
    return report;
  };
  const detail = async ({ id }: TestDevice) =>
    (await world.ask("GET", `/api/v1/devices/${id}`, { bearer: tenant.key })).body;
  const timesOf = async ({ id }: TestDevice): Promise<number[]> => {
    const query = new URLSearchParams({
      from: new Date(world.clock.now() - 3_600_000).toISOString(),
      to: new Date(world.clock.now() + 3_600_000).toISOString(),
      metrics: "cpu",
    });
    const { body } = await world.ask("GET", `/api/v1/devices/${id}/history?${query}`, { bearer: tenant.key });
    return body.times.map((at: number) => at - world.clock.now());
  };
  const run = async (ms: number) => {
    for (let passed = 0; passed < ms; passed += 5_000) {
      world.clock.advance(5_000);
      await world.runJobs("fleet-presence-clock");
    }
  };
  const backfill = (...ages: number[]): Partial<Report> => ({
    lane: "backfill",
    samples: ages.map((age) => ({ at: world.clock.now() - age, cpu: 50 })),
  });

  test.each([20_000, 15_000, 60_000, 420_000, 900_000])(
    "of %d ms moves no sample of the past into the future",
    async (delayMs) => {
      const device = await tenant.enrol();
      await send(device, { change: { samples: [] } });
      await run(10_000);
      await send(device, { delayMs, change: { samples: [] } });
      await send(device, { change: backfill(15_000, 10_000, 5_000) });
      expect(await timesOf(device)).toEqual([-15_000, -10_000, -5_000]);
      expect((await detail(device)).clockOffsetMs).toBe(0);
    },
  );

  test("is corrected by the next one if it is the first of its device, and places no sample after its own report", async () => {
    const device = await tenant.enrol();
    await send(device, { delayMs: 420_000, change: { samples: [] } });
    await send(device, { change: backfill(5_000) });
    expect(await timesOf(device)).toEqual([-5_000]);
    await send(device, { change: { samples: [] } });
    expect((await detail(device)).clockOffsetMs).toBe(0);
  });

  test("does not move the clock if it was sent before the server hung, and shows no old value as current", async () => {
    const device = await tenant.enrol();
    await send(device);
    await run(30_000);
    await send(device);
    world.clock.advance(900_000);
    await send(device, { delayMs: 890_000 });
    const shown = await detail(device);
    expect(shown).toMatchObject({
      clockOffsetMs: 0,
      areMetricsStale: true,
      metricsAt: new Date(world.clock.now() - 890_000).toISOString(),
    });
    const page = await world.ask("GET", "/api/v1/devices", { bearer: tenant.key });
    const listed = page.body.items.find(({ id }: { id: string }) => id === device.id);
    expect(listed).toMatchObject({ areMetricsStale: true, metrics: { cpu: 10 } });
    await run(5_000);
    await send(device);
    expect(await detail(device)).toMatchObject({ clockOffsetMs: 0, areMetricsStale: false });
  });

  test("is corrected by its own repetition", async () => {
    const device = await tenant.enrol();
    const report = await send(device, { delayMs: 60_000, change: { samples: [] } });
    expect((await detail(device)).clockOffsetMs).toBe(-60_000);
    const answer = await world.ask("POST", "/api/v1/agent/report", {
      bearer: device.bearer,
      body: report,
      headers: { "muster-resent-at": String(world.clock.now()) },
    });
    expect(answer.body.stored).toBe(false);
    expect((await detail(device)).clockOffsetMs).toBe(0);
  });

  test("is distinguished from a clock that was set back, which the next report confirms", async () => {
    const device = await tenant.enrol();
    await send(device);
    await run(30_000);
    await send(device, { delayMs: 3_600_000, change: { samples: [] } });
    expect((await detail(device)).clockOffsetMs).toBe(0);
    await run(30_000);
    await send(device, { delayMs: 3_600_000, change: { samples: [] } });
    expect((await detail(device)).clockOffsetMs).toBe(-3_600_000);
  });
});
