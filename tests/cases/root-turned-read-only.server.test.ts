import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type FleetTenant,
  type FleetWorld,
  makeFleetTenant,
  sendReport,
  startFleet,
} from "../harness/fleet-server.ts";
import { DIALECTS } from "../harness/test-store.ts";

describe.each(DIALECTS)("a fault of a machine, on %s", (dialect) => {
  let world: FleetWorld;
  let tenant: FleetTenant;
  beforeAll(async () => {
    world = await startFleet(dialect);
    tenant = await makeFleetTenant(world);
  });
  afterAll(() => world.remove());

  test.each([
    [
      "its system disk is read-only",
      { faults: [{ kind: "read-only-mount", subject: "/", detail: "ext4" }] },
      "critical",
    ],
    [
      "the measured disk is read-only",
      { diskMount: "/srv", faults: [{ kind: "read-only-mount", subject: "/srv" }] },
      "critical",
    ],
    [
      "another disk is read-only",
      { diskMount: "/", faults: [{ kind: "read-only-mount", subject: "/mnt" }] },
      "warn",
    ],
    ["a metric is unreadable", { faults: [{ kind: "unreadable", subject: "temperature" }] }, "warn"],
    [
      "a metric is out of range",
      { faults: [{ kind: "out-of-range", subject: "battery", detail: "104 %" }] },
      "warn",
    ],
    ["one file system hangs", { hungFileSystems: ["/mnt/nas"] }, "warn"],
    ["two file systems hang", { hungFileSystems: ["/mnt/nas", "/mnt/backup"] }, "critical"],
  ])("%s: raises attention, also in the list, until it is over", async (_, facts, level) => {
    const device = await tenant.enrol();
    const now = world.clock.now();
    const get = async (path: string) => (await world.ask("GET", path, { bearer: tenant.key })).body;
    const report = { ...device.nextReport(now, { samples: [] }), facts };
    expect((await sendReport(world, device, report)).body.stored).toBe(true);
    const shown = await get(`/api/v1/devices/${device.id}`);
    expect(shown.attention.level).toBe(level);
    for (const reason of shown.attention.reasons) expect(reason).toMatchObject({ kind: "fault", level });
    expect(shown.faults).toEqual("faults" in facts ? facts.faults : []);
    const listed = await get(`/api/v1/devices?attention=${level},none`);
    expect(listed.items.find(({ id }: { id: string }) => id === device.id).attention).toEqual(
      shown.attention,
    );
    await sendReport(world, device, device.nextReport(now));
    expect((await get(`/api/v1/devices/${device.id}`)).attention.level).toBe(level);
    const mended = { ...device.nextReport(now), facts: { faults: [], hungFileSystems: [] } };
    await sendReport(world, device, mended);
    expect((await get(`/api/v1/devices/${device.id}`)).attention).toEqual({ level: "none", reasons: [] });
  });

  test("shows what the class of a device was derived from", async () => {
    const device = await tenant.enrol();
    const facts = { classReason: "stationary-chassis" } as const;
    await sendReport(world, device, device.nextReport(world.clock.now(), { facts }));
    const { body } = await world.ask("GET", `/api/v1/devices/${device.id}`, { bearer: tenant.key });
    expect(body.classReason).toBe("stationary-chassis");
  });
});
