import type { History } from "@muster/shared/contracts/history.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type FleetTenant,
  type FleetWorld,
  makeFleetTenant,
  sendReport,
  startFleet,
  type TestDevice,
} from "../harness/fleet-server.ts";
import { DIALECTS } from "../harness/test-store.ts";

const HOUR = 3_600_000;
const TABLES = [
  "journal",
  "history_segments",
  "history_days",
  "history_five_minutes",
  "history_hours",
] as const;

describe.each(DIALECTS)("the history of a device on %s", (dialect) => {
  let world: FleetWorld;
  let tenant: FleetTenant;
  let device: TestDevice;
  const times: number[] = [];

  beforeAll(async () => {
    world = await startFleet(dialect);
    tenant = await makeFleetTenant(world);
    device = await tenant.enrol();
    for (let report = 0; report < 12; report += 1) {
      const at = world.clock.now();
      times.push(at);
      await sendReport(world, device, device.nextReport(at, { samples: [{ at, cpu: report, load: 0.5 }] }));
      world.clock.advance(30_000);
    }
  });
  afterAll(() => world.remove());

  function ask(path: string, bearer = tenant.key) {
    return world.ask("GET", `/api/v1/devices/${path}`, { bearer });
  }

  function historyPath(from: number, to: number, metrics?: string): string {
    const query = new URLSearchParams({ from: new Date(from).toISOString(), to: new Date(to).toISOString() });
    if (metrics !== undefined) query.set("metrics", metrics);
    return `${device.id}/history?${query.toString()}`;
  }

  async function read(from: number, to: number, metrics?: string): Promise<History> {
    const { status, body } = await ask(historyPath(from, to, metrics));
    expect(status).toBe(200);
    return body;
  }

  it("contains every sample of a short range, with the requested metrics", async () => {
    const [first = 0] = times;
    const cpu = times.map((_, index) => index);
    const load = times.map(() => 0.5);
    expect(await read(first, first + HOUR)).toEqual({
      resolution: "raw",
      times,
      series: { cpu: { avg: cpu }, load: { avg: load } },
    });
    expect(await read(first, first + HOUR, "cpu")).toMatchObject({ series: { cpu: { avg: cpu } } });
    expect(Object.keys((await read(first, first + HOUR, "load")).series)).toEqual(["load"]);
  });

  it("is the same before and after packing, in every resolution", async () => {
    const [first = 0] = times;
    const readAll = () =>
      Promise.all(
        [HOUR, 24 * HOUR, 720 * HOUR, 8760 * HOUR].map((span) => read(first + HOUR - span, first + HOUR)),
      );
    const before = await readAll();
    expect(before.map(({ resolution }) => resolution)).toEqual(["raw", "5m", "1h", "1d"]);
    expect(before[3]?.series.cpu).toEqual({ avg: [5.5], min: [0], max: [11] });
    world.clock.advance(2 * HOUR);
    await world.runJobs("history-pack");
    expect(await world.store.read.selectFrom("journal").selectAll().execute()).toEqual([]);
    expect(await readAll()).toEqual(before);
    world.clock.advance(30 * HOUR);
    await world.runJobs("history-compact", "history-retention");
    expect(await readAll()).toEqual(before);
  });

  it("names the invalid part of a query", async () => {
    const [first = 0] = times;
    const empty = await ask(historyPath(first, first));
    expect([empty.status, empty.body.error.details]).toEqual([
      400,
      [{ path: "to", message: "must be after from" }],
    ]);
    expect((await ask(historyPath(first, first + HOUR, "cpu,gpu"))).status).toBe(400);
    expect((await ask(`${device.id}/history`)).status).toBe(400);
  });

  it("is not available to others, and neither are its small charts", async () => {
    const stranger = await makeFleetTenant(world);
    const [first = 0] = times;
    expect((await ask(historyPath(first, first + HOUR), stranger.key)).status).toBe(404);
    const own = await stranger.enrol();
    const { status, body } = await ask(`sparklines?ids=${device.id},${own.id}`, stranger.key);
    expect([status, Object.keys(body.cpu)]).toEqual([200, [own.id]]);
  });

  it("is removed with the device", async () => {
    const at = world.clock.now();
    await sendReport(world, device, device.nextReport(at));
    await world.ask("POST", `/api/v1/devices/${device.id}/archive`, { bearer: tenant.key });
    expect((await world.ask("DELETE", `/api/v1/devices/${device.id}`, { bearer: tenant.key })).status).toBe(
      204,
    );
    world.clock.advance(2 * HOUR);
    await world.runJobs("history-pack");
    for (const table of TABLES) {
      expect(await world.store.read.selectFrom(table).select("device_no").execute()).toEqual([]);
    }
  });
});
