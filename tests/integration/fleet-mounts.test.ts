import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type FleetTenant,
  type FleetWorld,
  makeFleetTenant,
  sendReport,
  startFleet,
  type TestDevice,
} from "../harness/fleet-server.ts";
import { DIALECTS } from "../harness/test-store.ts";

const GB = 1e9;

describe.each(DIALECTS)("file systems that are not monitored, on %s", (dialect) => {
  let world: FleetWorld;
  let tenant: FleetTenant;
  beforeAll(async () => {
    world = await startFleet(dialect);
    tenant = await makeFleetTenant(world);
  });
  afterAll(() => world.remove());

  const get = async (device: TestDevice) =>
    (await world.ask("GET", `/api/v1/devices/${device.id}`, { bearer: tenant.key })).body;
  const change = (device: TestDevice, verb: "exclude" | "include", mount: string, bearer = tenant.key) =>
    world.ask("POST", `/api/v1/devices/${device.id}/${verb}-mount`, { bearer, body: { mount } });
  const audited = async (device: TestDevice) => {
    const { body } = await world.ask("GET", "/api/v1/audit", { bearer: tenant.key });
    return body.items
      .filter(({ subject }: { subject: { id: string } }) => subject.id === device.id)
      .filter(({ action }: { action: string }) => action.startsWith("device.mount-"))
      .map(({ action, details }: { action: string; details: unknown }) => [action, details]);
  };
  const levelInList = async (device: TestDevice) => {
    const { body } = await world.ask("GET", "/api/v1/devices?limit=100", { bearer: tenant.key });
    return body.items.find(({ id }: { id: string }) => id === device.id).attention.level;
  };

  test("faults of an excluded file system count no more at once, also in later reports, and again when it is included", async () => {
    const device = await tenant.enrol();
    const now = world.clock.now();
    const facts = {
      hungFileSystems: ["/mnt/nas"],
      faults: [
        { kind: "hung-mount", subject: "/mnt/nas" },
        { kind: "read-only-mount", subject: "/srv" },
      ],
    };
    await sendReport(world, device, { ...device.nextReport(now, { samples: [] }), facts });
    expect((await get(device)).attention.reasons).toHaveLength(2);

    await change(device, "exclude", "/mnt/nas");
    const { body } = await change(device, "exclude", "/srv");
    expect(body).toMatchObject({ attention: { level: "none" }, hungFileSystems: [], faults: [] });
    expect(body.excludedMounts).toEqual([
      { source: "member", mount: "/mnt/nas", by: expect.any(String), at: new Date(now).toISOString() },
      { source: "member", mount: "/srv", by: expect.any(String), at: expect.any(String) },
    ]);
    expect(await levelInList(device)).toBe("none");
    // An agent that does not follow yet.
    await sendReport(world, device, { ...device.nextReport(now, { samples: [] }), facts });
    expect(await levelInList(device)).toBe("none");

    expect((await change(device, "include", "/srv")).body.attention.reasons).toEqual([
      { kind: "fault", level: "warn", fault: "read-only-mount", subject: "/srv" },
    ]);
    expect(await levelInList(device)).toBe("warn");
    expect(await audited(device)).toEqual([
      ["device.mount-included", { mount: "/srv" }],
      ["device.mount-excluded", { mount: "/srv" }],
      ["device.mount-excluded", { mount: "/mnt/nas" }],
    ]);
  });

  test("a full file system counts no more at once when it is excluded", async () => {
    const device = await tenant.enrol();
    const now = world.clock.now();
    const samples = [{ at: now, cpu: 1, memory: 1, disk: 99.5, diskFree: 0.2 * GB }];
    await sendReport(world, device, { ...device.nextReport(now, { samples }), facts: { diskMount: "/srv" } });
    await world.store.transaction((tx) =>
      tx
        .updateTable("device_state")
        .set({ held_level: 2 })
        .where("device_no", "=", (query) =>
          query.selectFrom("devices").select("device_no").where("id", "=", device.id),
        )
        .execute(),
    );
    expect((await get(device)).attention.reasons.map(({ kind }: { kind: string }) => kind)).toEqual([
      "health",
      "disk-floor",
    ]);
    expect((await change(device, "exclude", "/srv")).body.attention.level).toBe("none");
    expect((await change(device, "exclude", "/srv")).status).toBe(200);
    expect(await audited(device)).toHaveLength(1);
  });

  test("shows what the device's administrator excludes, which no member includes", async () => {
    const device = await tenant.enrol();
    const report = device.nextReport(world.clock.now());
    await sendReport(world, device, { ...report, facts: { excludedMounts: ["/mnt/backup"] } });
    const { body } = await change(device, "include", "/mnt/backup");
    expect(body.excludedMounts).toEqual([{ source: "device", mount: "/mnt/backup" }]);
    await sendReport(world, device, {
      ...device.nextReport(world.clock.now()),
      facts: { excludedMounts: [] },
    });
    expect((await get(device)).excludedMounts).toEqual([]);
  });

  test("refuses more than fifty, names that are none, and devices of another organization", async () => {
    const device = await tenant.enrol();
    for (let index = 0; index < 50; index += 1) await change(device, "exclude", `/mnt/${index}`);
    expect(await change(device, "exclude", "/srv")).toMatchObject({
      status: 409,
      body: { error: { code: "conflict" } },
    });
    expect((await get(device)).excludedMounts).toHaveLength(50);
    for (const mount of ["", " ", "/a\nb", "x".repeat(401)])
      expect((await change(device, "include", mount)).status).toBe(400);
    const stranger = await makeFleetTenant(world);
    expect((await change(device, "include", "/mnt/1", stranger.key)).status).toBe(404);
    expect((await get(device)).excludedMounts).toHaveLength(50);
  });

  test("stores both when two members exclude at the same time", async () => {
    const device = await tenant.enrol();
    await Promise.all([change(device, "exclude", "/a"), change(device, "exclude", "/b")]);
    const { excludedMounts } = await get(device);
    expect(excludedMounts.map(({ mount }: { mount: string }) => mount).toSorted()).toEqual(["/a", "/b"]);
  });
});
