import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Report } from "@muster/shared/contracts/report.ts";
import {
  epochChange,
  type FleetTenant,
  type FleetWorld,
  makeFleetTenant,
  sendReport,
  startFleet,
  type TestDevice,
} from "../harness/fleet-server.ts";
import { DIALECTS } from "../harness/test-store.ts";

describe.each(DIALECTS)("a device whose disk goes back in time, on %s", (dialect) => {
  let world: FleetWorld;
  let tenant: FleetTenant;
  beforeAll(async () => {
    world = await startFleet(dialect);
    tenant = await makeFleetTenant(world);
  });
  afterAll(() => world.remove());

  const send = (device: TestDevice, change: Partial<Report>) => {
    world.clock.advance(1_000);
    return sendReport(world, device, device.nextReport(world.clock.now(), change));
  };
  const detail = async ({ id }: TestDevice) =>
    (await world.ask("GET", `/api/v1/devices/${id}`, { bearer: tenant.key })).body;
  const history = async ({ id }: TestDevice) => {
    const query = new URLSearchParams({
      from: new Date(world.clock.now() - 3_600_000).toISOString(),
      to: new Date(world.clock.now() + 1).toISOString(),
      metrics: "cpu",
    });
    const { body } = await world.ask("GET", `/api/v1/devices/${id}/history?${query}`, { bearer: tenant.key });
    return body.series.cpu.avg.filter((value: number | null) => value !== null);
  };
  const sample = (cpu: number) => [{ at: world.clock.now() + 1_000, cpu, memory: 30, disk: 40 }];

  test('gets the answer "behind", and is seen again with its next report', async () => {
    const device = await tenant.enrol();
    for (let sequence = 1; sequence <= 40; sequence += 1) await send(device, { sequence });
    const before = (await detail(device)).lastReportAt;
    const answer = await send(device, { sequence: 7, samples: sample(77) });
    expect(answer).toMatchObject({
      status: 409,
      body: { error: { code: "behind", numbering: { epoch: "epoch1", sequence: 40 } } },
    });
    const change = epochChange(device, answer, "epoch2");
    const again = await send(device, {
      epoch: "epoch2",
      sequence: 1,
      epochChange: change,
      samples: sample(77),
    });
    expect(again.body).toMatchObject({ stored: true });
    expect(await detail(device)).toMatchObject({ metrics: { cpu: 77 }, isCloneSuspected: false });
    expect((await detail(device)).lastReportAt).not.toBe(before);
  });

  test("loses no sample of either lane", async () => {
    const device = await tenant.enrol();
    for (let sequence = 1; sequence <= 5; sequence += 1) {
      await send(device, { sequence, samples: sample(sequence) });
    }
    for (const lane of ["live", "backfill"] as const) {
      if (lane === "backfill") {
        await send(device, { lane, sequence: 3, samples: [{ at: world.clock.now() - 60_000, cpu: 50 }] });
      }
    }
    const answer = await send(device, { sequence: 2, samples: sample(60) });
    const epoch = "epoch2";
    const signed = { epoch, epochChange: epochChange(device, answer, epoch) };
    const stored = [
      await send(device, { ...signed, sequence: 1, samples: sample(60) }),
      await send(device, {
        ...signed,
        lane: "backfill",
        sequence: 1,
        samples: [{ at: world.clock.now() - 50_000, cpu: 61 }],
      }),
      await send(device, { epoch, sequence: 2, samples: sample(62) }),
      await send(device, {
        epoch,
        lane: "backfill",
        sequence: 2,
        samples: [{ at: world.clock.now() - 40_000, cpu: 63 }],
      }),
    ];
    expect(stored.map(({ body }) => body.stored)).toEqual([true, true, true, true]);
    expect((await history(device)).toSorted((a: number, b: number) => a - b)).toEqual([
      1, 2, 3, 4, 5, 50, 60, 61, 62, 63,
    ]);
  });

  test("does not begin an epoch with an unsigned, foreign, replayed or outdated change", async () => {
    const [device, other] = [await tenant.enrol(), await tenant.enrol()];
    await send(device, { sequence: 40 });
    const answer = await send(device, { sequence: 7 });
    const attempt = async (change: Partial<Report>) =>
      (await send(device, { epoch: "epoch2", sequence: 1, ...change })).status;
    const change = epochChange(device, answer, "epoch2");
    expect(await attempt({})).toBe(409);
    expect(await attempt({ epochChange: { ...change, signature: "A".repeat(86) } })).toBe(409);
    expect(await attempt({ epochChange: epochChange(other, answer, "epoch2") })).toBe(409);
    expect(await attempt({ epochChange: epochChange(device, answer, "epoch9") })).toBe(409);
    expect(await attempt({ epoch: "epoch1", epochChange: epochChange(device, answer, "epoch1") })).toBe(409);
    world.clock.advance(10 * 60_000);
    expect(await attempt({ epochChange: change })).toBe(409);
    const fresh = await send(device, { epoch: "epoch2", sequence: 1 });
    const again = epochChange(device, fresh, "epoch2");
    expect(await attempt({ epochChange: again })).toBe(200);
    expect(await attempt({ epochChange: again, sequence: 1 })).toBe(409);
    expect(await attempt({ epoch: "epoch1", sequence: 41 })).toBe(409);
  });

  test.each([
    ["to its first report", 1, 1],
    ["by one report", 40, 39],
    ["by a week of reports", 20_000, 1],
  ])("is rolled back %s", async (_, reached, back) => {
    const device = await tenant.enrol();
    await send(device, { sequence: reached });
    const answer = await send(device, { sequence: back, samples: sample(99) });
    expect(answer.status).toBe(409);
    const { code } = answer.body.error;
    expect(code).toBe(reached === back ? "conflict" : "behind");
    const change = code === "behind" ? { epochChange: epochChange(device, answer, "epoch2") } : {};
    expect((await send(device, { epoch: "epoch2", sequence: 1, ...change })).body.stored).toBe(true);
  });

  test("is suspected to be several machines when its epoch changes more than three times an hour", async () => {
    const device = await tenant.enrol();
    for (let turn = 1; turn <= 5; turn += 1) {
      await send(device, { epoch: `epoch${turn}`, sequence: 1 });
      expect((await detail(device)).isCloneSuspected).toBe(turn === 5);
    }
    const { items } = await world.identity.audit.list(tenant, { limit: 10 });
    expect(items.find(({ subject }) => subject?.id === device.id)).toMatchObject({
      action: "device.clone-suspected",
      details: { reason: expect.stringContaining("numbering") },
    });
  });

  test("reports higher numbers and newer epochs to a server that was restored from a backup", async () => {
    const device = await tenant.enrol();
    await send(device, { sequence: 10 });
    expect((await send(device, { sequence: 5_000 })).body.stored).toBe(true);
    expect((await send(device, { epoch: "epoch7", sequence: 300 })).body.stored).toBe(true);
  });
});
