import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  deleteSignals,
  readSignals,
  readWatchedDevices,
  type WatchedReport,
  writeWatchState,
} from "../../server/src/fleet/index.ts";
import { wholeOrganization } from "../../server/src/platform/tenant.ts";
import {
  type FleetTenant,
  type FleetWorld,
  makeFleetTenant,
  sendReport,
  startFleet,
  type TestDevice,
} from "../harness/fleet-server.ts";
import { DIALECTS } from "../harness/test-store.ts";

/** What a device names itself ends in states and signals, so they hold what ends texts and arrays. */
const HOSTILE = '{"mount":"C:\\\\\\"},{NULL,\'\u202e"}';

describe.each(DIALECTS)("the watch of reports on %s", (dialect) => {
  let world: FleetWorld;
  let tenant: FleetTenant;
  let device: TestDevice;
  const watched: WatchedReport[] = [];

  beforeAll(async () => {
    world = await startFleet(dialect, {
      watch(report) {
        watched.push(report);
        const isViolating = (report.sample?.cpu ?? 0) > 90;
        return { state: isViolating ? HOSTILE : null, signals: isViolating ? [HOSTILE] : [] };
      },
    });
  });
  afterAll(() => world.remove());
  beforeEach(async () => {
    tenant = await makeFleetTenant(world);
    device = await tenant.enrol({ tags: ["web"] });
    await report({});
    await takeSignals();
    watched.length = 0;
  });

  const report = (change: object) =>
    sendReport(world, device, device.nextReport(world.clock.now(), { ...change }));
  const sample = (cpu: number) => ({ samples: [{ at: world.clock.now(), cpu, memory: 1, disk: 1 }] });

  async function takeSignals() {
    const signals = await readSignals(world.store.read, 100);
    await world.store.transaction((tx) =>
      deleteSignals(
        tx,
        signals.map(({ id }) => id),
      ),
    );
    return signals.map(({ deviceId, kind, body }) => ({ deviceId, kind, body }));
  }
  async function stored() {
    const row = await world.store.read
      .selectFrom("devices")
      .select("device_no")
      .where("id", "=", device.id)
      .executeTakeFirst();
    const [found] = await readWatchedDevices(world.store.read, dialect, [row?.device_no ?? 0], 0);
    return found;
  }

  it("stores its state and its signals with the report", async () => {
    await report(sample(95));
    expect((await stored())?.state).toBe(HOSTILE);
    expect(await takeSignals()).toEqual([{ deviceId: device.id, kind: "watched", body: HOSTILE }]);
    await report(sample(10));
    expect((await stored())?.state).toBeNull();
    expect(await takeSignals()).toEqual([]);
    expect(watched.map(({ state }) => state)).toEqual([null, HOSTILE]);
  });

  it("sees neither backfill nor a report that comes again", async () => {
    const again = device.nextReport(world.clock.now(), sample(95));
    await sendReport(world, device, again);
    await sendReport(world, device, again);
    await sendReport(world, device, { ...again, lane: "backfill" });
    expect(watched).toHaveLength(1);
    expect(await takeSignals()).toHaveLength(1);
  });

  it("knows where the device belongs and when it reported before", async () => {
    const before = world.clock.now();
    world.clock.advance(30_000);
    await report(sample(10));
    expect(watched).toMatchObject([
      { orgId: tenant.orgId, deviceId: device.id, tags: '["web"]', previousReportAt: before },
    ]);
    expect(watched[0]?.sample).toMatchObject({ cpu: 10 });
  });

  it("is told when a report, a member or the presence changes a device", async () => {
    const changed = [{ deviceId: device.id, kind: "changed", body: null }];
    await report({ ...sample(10), paused: { until: null } });
    expect(await takeSignals()).toEqual(changed);
    const path = `/api/v1/devices/${device.id}`;
    await world.ask("PATCH", path, { bearer: tenant.key, body: { tags: ["db"] } });
    expect(await takeSignals()).toEqual(changed);
    await world.ask("POST", `${path}/archive`, { bearer: tenant.key });
    expect(await takeSignals()).toEqual(changed);
    await world.ask("DELETE", path, { bearer: tenant.key });
    expect(await takeSignals()).toEqual([{ deviceId: device.id, kind: "removed", body: null }]);
  });

  it("replaces its state between reports, so that a report in flight is applied again", async () => {
    const before = await stored();
    await world.store.transaction(async (tx) => {
      const [locked] = await readWatchedDevices(tx, dialect, [before?.deviceNo ?? 0], 0);
      if (locked) await writeWatchState(tx, locked, HOSTILE);
    });
    const after = await stored();
    expect(after).toMatchObject({ state: HOSTILE, version: (before?.version ?? 0) + 1 });
    expect(after?.orgId).toBe(wholeOrganization(tenant.orgId).orgId);
  });
});
