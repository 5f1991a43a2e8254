import type { LabelledHistory } from "@muster/shared/contracts/history.ts";
import type { Sample } from "@muster/shared/contracts/metric.ts";
import { MAX_INSTANCES_PER_DEVICE } from "@muster/shared/contracts/metric-table.ts";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
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
const DAY = 24 * HOUR;

type Series = NonNullable<Sample["series"]>;

describe.each(DIALECTS)("the labelled history of a device on %s", (dialect) => {
  let world: FleetWorld;
  let tenant: FleetTenant;

  beforeAll(async () => {
    world = await startFleet(dialect);
    tenant = await makeFleetTenant(world);
  });
  afterAll(() => world.remove());

  async function report(device: TestDevice, series: Series): Promise<number> {
    const at = world.clock.now();
    await sendReport(world, device, device.nextReport(at, { samples: [{ at, cpu: 1, series }] }));
    world.clock.advance(30_000);
    return at;
  }

  function ask(device: TestDevice, query: Record<string, string>, bearer = tenant.key) {
    const range = {
      from: new Date(world.clock.now() - HOUR).toISOString(),
      to: new Date(world.clock.now()).toISOString(),
    };
    const text = new URLSearchParams({ ...range, ...query }).toString();
    return world.ask("GET", `/api/v1/devices/${device.id}/labelled-history?${text}`, { bearer });
  }

  async function read(device: TestDevice, query: Record<string, string>): Promise<LabelledHistory> {
    const { status, body } = await ask(device, query);
    expect(status).toBe(200);
    return body;
  }

  /** Average values by the name of the instance and the metric. */
  function valuesOf({ instances, series }: LabelledHistory): Record<string, (number | null)[]> {
    const nameOf = (number: number) => instances.find((one) => one.number === number)?.name ?? "";
    return Object.fromEntries(
      series.map(({ instance, metric, avg }) => [`${nameOf(instance)} ${metric}`, avg]),
    );
  }

  it("has a line for each instance and metric, and breaks it where an instance was missing", async () => {
    const device = await tenant.enrol();
    await report(device, { fileSystem: { names: ["/"], used: [40.25], free: [5_000_000] } });
    await report(device, {
      fileSystem: { names: ["/", "/srv, data"], used: [41, 90], free: [4_000_000] },
    });
    const history = await read(device, { kind: "fileSystem" });
    expect(history.instances.map(({ name, isShown }) => [name, isShown])).toEqual([
      ["/", true],
      ["/srv, data", true],
    ]);
    expect(valuesOf(history)).toEqual({
      "/srv, data used": [null, 90],
      "/ used": [40.3, 41],
      "/ free": [5_000_000, 4_000_000],
    });
    expect((await read(device, { kind: "networkInterface" })).series).toEqual([]);
  });

  it("is the same before and after packing, in every resolution", async () => {
    const device = await tenant.enrol();
    for (const value of [10, 30]) {
      await report(device, {
        fileSystem: { names: ["/"], used: [value] },
        networkInterface: { names: ["eth0"], in: [value * 1000], out: [value] },
      });
    }
    const end = world.clock.now();
    const readAll = () =>
      Promise.all(
        [HOUR, DAY, 30 * DAY, 365 * DAY].map((span) =>
          read(device, {
            kind: "networkInterface",
            from: new Date(end - span).toISOString(),
            to: new Date(end).toISOString(),
          }),
        ),
      );
    const before = await readAll();
    expect(before[3]?.series).toMatchObject([
      { metric: "in", avg: [20_000], min: [10_000], max: [30_000] },
      { metric: "out", avg: [20], min: [10], max: [30] },
    ]);
    world.clock.advance(2 * HOUR);
    await world.runJobs("history-pack");
    world.clock.advance(30 * HOUR);
    await world.runJobs("history-compact", "history-retention");
    expect(await readAll()).toEqual(before);
  });

  it("shows the worst instances, or those that are asked for", async () => {
    const device = await tenant.enrol();
    const used = Array.from({ length: 20 }, (_, index) => index);
    await report(device, { fileSystem: { names: used.map((index) => `/data${index}`), used } });
    const worst = await read(device, { kind: "fileSystem" });
    const shown = worst.instances.filter(({ isShown }) => isShown).map(({ name }) => name);
    expect(shown).toEqual([12, 13, 14, 15, 16, 17, 18, 19].map((index) => `/data${index}`));
    expect(worst.instances).toHaveLength(20);
    const asked = worst.instances.filter(({ name }) => name === "/data0" || name === "/data1");
    const chosen = await read(device, {
      kind: "fileSystem",
      instances: asked.map(({ number }) => number).join(","),
    });
    expect(valuesOf(chosen)).toEqual({ "/data0 used": [0], "/data1 used": [1] });
  });

  it("records a bounded number of instances of a device, says so, and then looks for no others", async () => {
    const device = await tenant.enrol();
    for (let group = 0; group < 6; group += 1) {
      const names = Array.from({ length: 50 }, (_, index) => `/g${group}-${index}`);
      await report(device, { fileSystem: { names, used: names.map(() => 5) } });
    }
    const history = await read(device, { kind: "fileSystem" });
    expect([history.instances.length, history.isLimited]).toEqual([MAX_INSTANCES_PER_DEVICE, true]);
    const transactions = vi.spyOn(world.store, "transaction");
    await report(device, { fileSystem: { names: ["/beyond"], used: [1] } });
    expect(transactions).not.toHaveBeenCalled();
    transactions.mockRestore();
    await report(device, { fileSystem: { names: ["/g0-0"], used: [99] } });
    expect(Object.keys(valuesOf(await read(device, { kind: "fileSystem" })))).toContain("/g0-0 used");
  });

  it("forgets an instance once nothing is stored of it, and gives its number to a new one", async () => {
    const device = await tenant.enrol();
    await report(device, { fileSystem: { names: ["/old"], used: [1] } });
    const [old] = (await read(device, { kind: "fileSystem" })).instances;
    for (let month = 0; month < 40; month += 1) {
      world.clock.advance(30 * DAY);
      await world.runJobs("history-retention");
    }
    await report(device, { fileSystem: { names: ["/new"], used: [2] } });
    const { instances } = await read(device, { kind: "fileSystem" });
    expect(instances.map(({ name, number }) => [name, number])).toEqual([["/new", old?.number]]);
  });

  it("numbers instances once when two servers and both lanes meet them at the same time", async () => {
    const device = await tenant.enrol();
    const at = world.clock.now();
    const samples = (name: string): Sample[] => [
      { at, series: { fileSystem: { names: [name], used: [7] } } },
    ];
    await Promise.all([
      sendReport(world, device, device.nextReport(at, { samples: samples("/a") })),
      sendReport(world, device, {
        ...device.nextReport(at, { samples: samples("/b") }),
        lane: "backfill",
        sequence: 1,
      }),
    ]);
    world.clock.advance(1_000);
    const { instances } = await read(device, { kind: "fileSystem" });
    expect(instances.map(({ number }) => number).toSorted((a, b) => a - b)).toEqual([1, 2]);
  });

  it("says where a query is wrong, and is nobody else's", async () => {
    const device = await tenant.enrol();
    expect((await ask(device, { kind: "planet" })).status).toBe(400);
    expect((await ask(device, { kind: "fileSystem", instances: "0" })).status).toBe(400);
    const now = new Date(world.clock.now()).toISOString();
    expect((await ask(device, { kind: "fileSystem", from: now, to: now })).status).toBe(400);
    const stranger = await makeFleetTenant(world);
    expect((await ask(device, { kind: "fileSystem" }, stranger.key)).status).toBe(404);
  });
});
