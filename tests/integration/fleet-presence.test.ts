import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import {
  type FleetServer,
  type FleetTenant,
  type FleetWorld,
  makeFleetTenant,
  sendReport,
  startFleet,
  type TestDevice,
} from "../harness/fleet-server.ts";
import { DIALECTS } from "../harness/test-store.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe.each(DIALECTS)("presence on %s", (dialect) => {
  let world: FleetWorld;
  let tenant: FleetTenant;

  beforeAll(async () => {
    world = await startFleet(dialect);
  });
  afterAll(() => world.remove());

  const presence = async (device: TestDevice, key = tenant.key) =>
    (await world.ask("GET", `/api/v1/devices/${device.id}`, { bearer: key })).body.presence;
  const report = (device: TestDevice, server: FleetServer = world) =>
    sendReport(server, device, device.nextReport(world.clock.now()));

  /** Lets time pass while `server` is at work. */
  async function pass(ms: number, server: FleetServer = world, each?: () => Promise<unknown>): Promise<void> {
    for (let left = ms; left > 0; left -= 10_000) {
      world.clock.advance(Math.min(left, 10_000));
      await server.runJobs("fleet-presence-clock");
      await each?.();
    }
    await server.runJobs("fleet-presence");
  }

  /** Lets time pass that another server watched. */
  async function passWatched(ms: number, each?: () => Promise<unknown>): Promise<void> {
    await world.store.transaction((tx) =>
      tx
        .updateTable("presence_clock")
        .set((row) => ({ observed_ms: row("observed_ms", "+", ms) }))
        .execute(),
    );
    world.clock.advance(ms);
    await pass(10_000, world, each);
  }

  test("is late, offline, absent, and expired after a day for a server that stops reporting", async () => {
    tenant = await makeFleetTenant(world);
    const device = await tenant.enrol({ classGuess: "server" });
    await report(device);
    await pass(70_000);
    expect(await presence(device)).toMatchObject({ shown: "online" });
    await pass(10_000);
    expect(await presence(device)).toMatchObject({ shown: "late", isAbsent: false });
    await pass(9 * MINUTE);
    expect(await presence(device)).toMatchObject({ shown: "offline", isAbsent: true });
    const since = (await presence(device)).since;
    await passWatched(24 * HOUR);
    expect(await presence(device)).toMatchObject({ shown: "expired", isAbsent: true });
    expect((await presence(device)).since).not.toBe(since);
    await report(device);
    expect(await presence(device)).toMatchObject({ shown: "online", isAbsent: false });
  });

  test("has not expired after a day for a device that becomes a laptop", async () => {
    tenant = await makeFleetTenant(world);
    const device = await tenant.enrol({ classGuess: "server" });
    await report(device);
    await passWatched(25 * HOUR);
    expect(await presence(device)).toMatchObject({ shown: "expired", isAbsent: true });
    await world.ask("PATCH", `/api/v1/devices/${device.id}`, {
      bearer: tenant.key,
      body: { class: "laptop" },
    });
    await world.runJobs("fleet-presence");
    expect(await presence(device)).toMatchObject({ shown: "offline", isAbsent: false });
  });

  test("excuses a sleeping laptop, but not a server", async () => {
    tenant = await makeFleetTenant(world);
    const [laptop, server] = [
      await tenant.enrol({ classGuess: "laptop" }),
      await tenant.enrol({ classGuess: "server" }),
    ];
    for (const device of [laptop, server]) {
      const asleep = device.nextReport(world.clock.now(), { samples: [], lastWord: "asleep" });
      await sendReport(world, device, asleep);
    }
    await pass(11 * MINUTE);
    expect(await presence(laptop)).toMatchObject({ shown: "asleep", connection: "offline", isAbsent: false });
    expect(await presence(server)).toMatchObject({ shown: "asleep", connection: "offline", isAbsent: true });
    const list = await world.ask("GET", "/api/v1/devices", { bearer: tenant.key });
    expect(list.body.items.map(({ id }: { id: string }) => id)).toEqual([server.id, laptop.id]);
  });

  test("excuses a server during maintenance, until it ends", async () => {
    tenant = await makeFleetTenant(world);
    const device = await tenant.enrol({ classGuess: "server" });
    await report(device);
    const maintenanceUntil = new Date(world.clock.now() + 30 * MINUTE).toISOString();
    await world.ask("PATCH", `/api/v1/devices/${device.id}`, {
      bearer: tenant.key,
      body: { maintenanceUntil },
    });
    await pass(20 * MINUTE);
    expect(await presence(device)).toMatchObject({
      shown: "maintenance",
      connection: "offline",
      isAbsent: false,
    });
    await pass(11 * MINUTE);
    expect(await presence(device)).toMatchObject({ shown: "offline", isAbsent: true });
  });

  test("does not count the time in which no server ran", async () => {
    tenant = await makeFleetTenant(world);
    const device = await tenant.enrol();
    await report(device);
    await pass(MINUTE);
    world.clock.advance(5 * HOUR);
    const restarted = await world.addServer();
    await pass(8 * MINUTE, restarted);
    expect((await presence(device)).connection).toBe("late");
    await pass(2 * MINUTE, restarted);
    expect((await presence(device)).connection).toBe("offline");
  });

  test("reports a fifth of an organization that stops reporting at once as one event until an hour has passed", async () => {
    tenant = await makeFleetTenant(world);
    const devices = await Promise.all(
      Array.from({ length: 20 }, (_, index) => tenant.enrol({ hostname: `site-${index}` })),
    );
    const [lost, kept] = [devices.slice(0, 5), devices.slice(5)];
    for (const device of devices) await report(device);
    const keep = async () => {
      for (const device of kept) await report(device);
    };
    const summary = async () =>
      (await world.ask("GET", "/api/v1/devices/summary", { bearer: tenant.key })).body;
    for (let minutes = 0; minutes < 12; minutes += 1) await passWatched(MINUTE, keep);
    expect(await summary()).toMatchObject({ presence: { late: 5, offline: 0, online: 15 } });
    expect((await summary()).outageSuspectedSince).not.toBeNull();
    for (let minutes = 0; minutes < 64; minutes += 4) await passWatched(4 * MINUTE, keep);
    expect(await summary()).toMatchObject({
      presence: { late: 0, offline: 5, online: 15 },
      outageSuspectedSince: null,
    });
    for (const device of lost) expect((await presence(device)).isAbsent).toBe(true);
  });

  test("does not change for an archived device, nor for one of another observed time than its organization's", async () => {
    tenant = await makeFleetTenant(world);
    await world.identity.organizations.change(
      tenant.orgId,
      { offlineAfterS: 120 },
      { actor: { type: "system", id: null, name: "tests" }, requestId: null },
    );
    const [quick, archived] = [await tenant.enrol(), await tenant.enrol()];
    for (const device of [quick, archived]) await report(device);
    await world.ask("POST", `/api/v1/devices/${archived.id}/archive`, { bearer: tenant.key });
    await pass(130_000);
    expect((await presence(quick)).connection).toBe("offline");
    expect((await presence(archived)).connection).toBe("online");
    const restored = await world.ask("POST", `/api/v1/devices/${archived.id}/restore`, {
      bearer: tenant.key,
    });
    expect(restored.body.presence).toMatchObject({ connection: "offline", isAbsent: true });
  });
});

describe("two servers on one PostgreSQL", () => {
  let world: FleetWorld;
  let tenant: FleetTenant;
  let second: FleetServer;

  beforeAll(async () => {
    world = await startFleet("postgres");
    tenant = await makeFleetTenant(world);
    second = await world.addServer();
  });
  afterAll(() => world.remove());

  const send = (server: FleetServer, device: TestDevice, report: unknown) =>
    sendReport(server, device, report);
  const rowsOf = async (device: TestDevice) => {
    const { rows } = await world.store.read
      .selectFrom("journal as j")
      .innerJoin("devices as d", "d.device_no", "j.device_no")
      .select(({ fn }) => fn.countAll<number>().as("rows"))
      .where("d.id", "=", device.id)
      .executeTakeFirstOrThrow();
    return rows;
  };

  test("store a report once that reaches both at the same time", async () => {
    const devices = await Promise.all(Array.from({ length: 10 }, () => tenant.enrol()));
    const answers = await Promise.all(
      devices.flatMap((device) => {
        const report = device.nextReport(world.clock.now());
        return [world, second, world, second].map((server) => send(server, device, report));
      }),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(answers.filter(({ body }) => body.stored)).toHaveLength(10);
    for (const device of devices) expect(await rowsOf(device)).toBe(1);
  });

  test("lose and duplicate none of many reports of many devices to both", async () => {
    const devices = await Promise.all(Array.from({ length: 10 }, () => tenant.enrol()));
    let stored = 0;
    for (let turn = 0; turn < 10; turn += 1) {
      const answers = await Promise.all(
        devices.map((device, index) =>
          send((index + turn) % 2 === 0 ? world : second, device, device.nextReport(world.clock.now())),
        ),
      );
      stored += answers.filter(({ status, body }) => status === 200 && body.stored).length;
    }
    expect(stored).toBe(100);
    for (const device of devices) expect(await rowsOf(device)).toBe(10);
  });

  test("refuse a device that the other one revoked", async () => {
    const device = await tenant.enrol();
    expect((await send(second, device, device.nextReport(world.clock.now()))).status).toBe(200);
    await world.ask("POST", "/api/v1/agent/leave", { bearer: device.bearer });
    expect((await send(second, device, device.nextReport(world.clock.now()))).status).toBe(401);
  });

  test("apply a change by one to the report that the other one processes", async () => {
    const device = await tenant.enrol();
    await send(second, device, device.nextReport(world.clock.now()));
    const maintenanceUntil = new Date(world.clock.now() + HOUR).toISOString();
    const path = `/api/v1/devices/${device.id}`;
    await Promise.all([
      world.ask("PATCH", path, { bearer: tenant.key, body: { maintenanceUntil } }),
      ...Array.from({ length: 10 }, () => send(second, device, device.nextReport(world.clock.now()))),
    ]);
    await send(second, device, device.nextReport(world.clock.now()));
    const { body } = await world.ask("GET", path, { bearer: tenant.key });
    expect(body.presence).toMatchObject({ shown: "maintenance", maintenanceUntil });
  });

  test("keep a user's change and a simultaneous automatic change of a device", async () => {
    const device = await tenant.enrol({ classGuess: "server" });
    await send(world, device, device.nextReport(world.clock.now()));
    const path = `/api/v1/devices/${device.id}`;
    const { engine } = second.store;
    if (engine.kind !== "postgres") throw new Error("this needs PostgreSQL");
    const client = await engine.pool.connect();
    try {
      await client.query("begin");
      await client.query(
        `update device_state set version = version + 1
         where device_no = (select device_no from devices where id = $1)`,
        [device.id],
      );
      const changed = world.ask("PATCH", path, { bearer: tenant.key, body: { label: "Renamed" } });
      await vi.waitFor(async () => {
        const { rows } = await client.query(
          `select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`,
        );
        expect(rows).toHaveLength(1);
      });
      await client.query(
        "update devices set connection = 'offline', shown = 'offline', is_absent = 1 where id = $1",
        [device.id],
      );
      await client.query("commit");
      expect((await changed).status).toBe(200);
    } finally {
      client.release();
    }
    const { body } = await world.ask("GET", path, { bearer: tenant.key });
    expect(body).toMatchObject({ name: "Renamed", presence: { shown: "offline", connection: "offline" } });
  });

  test("accept reports in the present after one was stopped for hours, not in its past", async () => {
    const device = await tenant.enrol();
    await send(world, device, device.nextReport(world.clock.now()));
    await second.runJobs("fleet-presence-clock");
    for (let turn = 0; turn < 180; turn += 1) {
      world.clock.advance(10_000);
      await world.runJobs("fleet-presence-clock");
    }
    await send(second, device, device.nextReport(world.clock.now()));
    await world.runJobs("fleet-presence");
    const { body } = await world.ask("GET", `/api/v1/devices/${device.id}`, { bearer: tenant.key });
    expect(body.presence.connection).toBe("online");
  });
});
