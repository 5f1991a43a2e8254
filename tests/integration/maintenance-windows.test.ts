import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  type FleetTenant,
  type FleetWorld,
  makeFleetTenant,
  sendReport,
  startFleet,
  type TestDevice,
} from "../harness/fleet-server.ts";
import { findMaintenanceEnd } from "../../server/src/fleet/index.ts";
import { insertDevices } from "../harness/fleet-rows.ts";
import { DIALECTS } from "../harness/test-store.ts";

const MINUTE_MS = 60_000;
const PATH = "/api/v1/maintenance-windows";

describe.each(DIALECTS)("maintenance windows on %s", (dialect) => {
  let world: FleetWorld;
  let tenant: FleetTenant;
  let web: TestDevice;
  let db: TestDevice;

  beforeAll(async () => {
    world = await startFleet(dialect);
  });
  afterAll(() => world.remove());
  beforeEach(async () => {
    tenant = await makeFleetTenant(world);
    web = await tenant.enrol({ hostname: "web", tags: ["web"], classGuess: "server" });
    db = await tenant.enrol({ hostname: "db", classGuess: "server" });
    await Promise.all([report(web), report(db)]);
  });

  const ask = (method: string, path: string, body?: object, headers = {}) =>
    world.ask(method, path, { bearer: tenant.key, ...(body && { body }), headers });
  const report = (device: TestDevice) => sendReport(world, device, device.nextReport(world.clock.now()));
  const shown = async (device: TestDevice) =>
    (await ask("GET", `/api/v1/devices/${device.id}`)).body.presence.shown;
  const inMinutes = (minutes: number) => new Date(world.clock.now() + minutes * MINUTE_MS).toISOString();
  const forTag = { scope: { kind: "tag", tag: "web" } };
  async function create(change: object) {
    const answer = await ask("POST", PATH, { name: "Updates", ...forTag, ...change });
    expect(answer).toMatchObject({ status: 201 });
    await run();
    return answer.body;
  }
  const run = () => world.runJobs("fleet-maintenance-windows", "fleet-presence");
  /** Lets time pass while the devices report. */
  async function pass(minutes: number): Promise<void> {
    for (let left = minutes; left > 0; left -= 1) {
      world.clock.advance(MINUTE_MS);
      await world.runJobs("fleet-presence-clock");
      await Promise.all([report(web), report(db)]);
      await run();
    }
  }

  it("are listed for a device, and say when its maintenance at a later time ends", async () => {
    const first = await create({
      name: "First",
      schedule: { kind: "once", startsAt: inMinutes(60), minutes: 30 },
    });
    await create({
      name: "Next",
      scope: { kind: "organization" },
      schedule: { kind: "once", startsAt: inMinutes(80), minutes: 20 },
    });
    const { body } = await ask("GET", `${PATH}?deviceId=${web.id}`);
    expect(body.items.map(({ name }: { name: string }) => name)).toEqual(["First", "Next"]);
    expect((await ask("GET", `${PATH}?deviceId=${db.id}`)).body.items).toHaveLength(1);
    expect(await ask("GET", `${PATH}?deviceId=${first.id}`)).toMatchObject({ status: 404 });
    const endAt = (device: TestDevice, minutes: number) =>
      findMaintenanceEnd(world.store.read, tenant.orgId, device.id, Date.parse(inMinutes(minutes)));
    expect(await endAt(web, 59)).toBeNull();
    expect(await endAt(web, 60)).toBe(Date.parse(inMinutes(100)));
    expect(await endAt(db, 60)).toBeNull();
  });

  it("show the next five times of a schedule before it is stored", async () => {
    const schedule = { kind: "weekly", days: [1, 3], time: "02:30", minutes: 60, zone: "Europe/Berlin" };
    const { body } = await ask("POST", `${PATH}/preview`, { schedule });
    const [stored] = [await create({ schedule })];
    expect(body.items).toHaveLength(5);
    expect(body.items[0]).toEqual(stored.next);
  });

  it("put the devices of their scope into maintenance, from the start to the end", async () => {
    const window = await create({ schedule: { kind: "once", startsAt: inMinutes(2), minutes: 3 } });
    expect(window).toMatchObject({ current: null, next: { startsAt: inMinutes(2), endsAt: inMinutes(5) } });
    expect(await shown(web)).toBe("online");
    await pass(2);
    expect([await shown(web), await shown(db)]).toEqual(["maintenance", "online"]);
    expect((await ask("GET", `${PATH}/${window.id}`)).body).toMatchObject({ next: null });
    await pass(3);
    expect(await shown(web)).toBe("online");
    expect((await ask("GET", `${PATH}/${window.id}`)).body).toMatchObject({ current: null, next: null });
  });

  it("start now, and end early", async () => {
    const window = await create({ schedule: { kind: "once", minutes: 60 } });
    expect(window).toMatchObject({ current: { startsAt: inMinutes(0), endsAt: inMinutes(60) } });
    expect(await shown(web)).toBe("maintenance");
    expect(await ask("POST", `${PATH}/${window.id}/end`)).toMatchObject({
      status: 200,
      body: { current: null, version: 2 },
    });
    await run();
    expect(await shown(web)).toBe("online");
    expect(await ask("POST", `${PATH}/${window.id}/end`)).toMatchObject({ status: 409 });
  });

  it("come again, also after one of them was ended early", async () => {
    const minute = new Date(world.clock.now() + MINUTE_MS).toISOString().slice(11, 16);
    const days = [1, 2, 3, 4, 5, 6, 7];
    const window = await create({
      schedule: { kind: "weekly", days, time: minute, minutes: 10, zone: "UTC" },
    });
    await pass(1);
    expect(await shown(web)).toBe("maintenance");
    const { body } = await ask("POST", `${PATH}/${window.id}/end`);
    expect(Date.parse(body.next.startsAt) - Date.parse(window.next.startsAt)).toBe(24 * 60 * MINUTE_MS);
  });

  it("hold a device that comes into the scope of an open one, and release one that leaves it", async () => {
    await create({ schedule: { kind: "once", minutes: 60 } });
    await ask("PATCH", `/api/v1/devices/${db.id}`, { tags: ["web"] });
    await ask("PATCH", `/api/v1/devices/${web.id}`, { tags: [] });
    await pass(1);
    expect([await shown(web), await shown(db)]).toEqual(["online", "maintenance"]);
  });

  it("last until the last one that covers a device is over, whatever a member entered", async () => {
    await create({ schedule: { kind: "once", minutes: 2 } });
    const longer = await create({ scope: { kind: "organization" }, schedule: { kind: "once", minutes: 4 } });
    await ask("PATCH", `/api/v1/devices/${db.id}`, { maintenanceUntil: inMinutes(1) });
    await pass(3);
    expect([await shown(web), await shown(db)]).toEqual(["maintenance", "maintenance"]);
    await ask("DELETE", `${PATH}/${longer.id}`);
    await run();
    expect([await shown(web), await shown(db)]).toEqual(["online", "online"]);
  });

  it("excuse what does not report, and say that it is missing when they are over", async () => {
    await create({ schedule: { kind: "once", minutes: 20 } });
    const presence = async () => (await ask("GET", `/api/v1/devices/${web.id}`)).body.presence;
    // Longer steps would count as a time in which the server did not run.
    for (let seconds = 0; seconds < 21 * 60; seconds += 10) {
      world.clock.advance(10_000);
      await world.runJobs("fleet-presence-clock");
      if (seconds % 60 === 0) await run();
      if (seconds === 19 * 60)
        expect(await presence()).toMatchObject({ shown: "maintenance", isAbsent: false });
    }
    expect(await presence()).toMatchObject({ shown: "offline", isAbsent: true });
  });

  it("reach more devices than one transaction takes", async () => {
    const many = Array.from({ length: 60 }, (_, index) => ({ hostname: `web-${index}`, tags: '["web"]' }));
    await insertDevices(world.store, tenant.orgId, many);
    await create({ schedule: { kind: "once", minutes: 60 } });
    const { body } = await ask("GET", "/api/v1/devices?presence=maintenance&limit=100");
    expect(body.items).toHaveLength(61);
  });

  it("change with their version, are audited, and refuse what would never work", async () => {
    const window = await create({ schedule: { kind: "once", minutes: 60 } });
    const change = (body: object, version: number) =>
      ask("PATCH", `${PATH}/${window.id}`, body, { "if-match": `"${version}"` });
    expect(await change({ isEnabled: false }, 1)).toMatchObject({ status: 200, body: { current: null } });
    await run();
    expect(await shown(web)).toBe("online");
    expect(await change({ note: "x" }, 1)).toMatchObject({ status: 412 });
    const { items } = await world.identity.audit.list(tenant, { limit: 2 });
    expect(items.map(({ action }) => action)).toEqual([
      "maintenance-window.changed",
      "maintenance-window.created",
    ]);
    const weekly = { kind: "weekly", days: [7], time: "02:30", minutes: 60, zone: "Mars/Olympus" };
    const refused = [
      { schedule: weekly },
      { schedule: { ...weekly, zone: "UTC", time: "25:00" } },
      { schedule: { ...weekly, zone: "UTC", days: [] } },
      { schedule: { kind: "once", startsAt: inMinutes(-120), minutes: 60 } },
      { schedule: { kind: "once", minutes: 60 }, scope: { kind: "customer", customerId: window.id } },
      { schedule: { kind: "once", minutes: 60 }, scope: { kind: "devices", deviceIds: [window.id] } },
    ];
    for (const body of refused) {
      expect(await ask("POST", PATH, { name: "x", ...forTag, ...body })).toMatchObject({ status: 400 });
    }
    expect(await ask("GET", `${PATH}/calendar?from=${inMinutes(0)}&to=${inMinutes(200_000)}`)).toMatchObject({
      status: 400,
    });
  });

  it("are listed with all their times", async () => {
    await create({
      name: "Nightly",
      schedule: {
        kind: "weekly",
        days: [1, 3],
        time: "03:00",
        minutes: 30,
        zone: "Asia/Tokyo",
      },
    });
    const range = "from=2027-01-04T00:00:00Z&to=2027-01-18T00:00:00Z";
    const { body } = await ask("GET", `${PATH}/calendar?${range}`);
    expect(body.items.map(({ startsAt }: { startsAt: string }) => startsAt)).toEqual(
      ["05", "10", "12", "17"].map((day) => `2027-01-${day}T18:00:00.000Z`),
    );
  });
});
