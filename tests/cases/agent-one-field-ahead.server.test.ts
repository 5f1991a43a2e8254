import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fullReport } from "../../server/src/fleet/ingest/report.fixture.ts";
import {
  type FleetTenant,
  type FleetWorld,
  makeFleetTenant,
  sendReport,
  startFleet,
  type TestDevice,
} from "../harness/fleet-server.ts";
import { DIALECTS } from "../harness/test-store.ts";

describe.each(DIALECTS)("an agent that is newer than its server, on %s", (dialect) => {
  let world: FleetWorld;
  let tenant: FleetTenant;
  beforeAll(async () => {
    world = await startFleet(dialect);
    tenant = await makeFleetTenant(world);
  });
  afterAll(() => world.remove());

  const detail = async ({ id }: TestDevice) =>
    (await world.ask("GET", `/api/v1/devices/${id}`, { bearer: tenant.key })).body;
  const send = (device: TestDevice, change: object) =>
    sendReport(world, device, { ...device.nextReport(world.clock.now()), ...change });
  const sample = () => ({ at: world.clock.now(), cpu: 5, memory: 30, disk: 40 });

  test.each([
    ["metric", () => ({ samples: [{ ...sample(), gpu: 12 }] }), "samples.gpu"],
    ["field of the report itself", () => ({ somethingNew: 1 }), "somethingNew"],
    ["section of the report", () => ({ services: [{ name: "nginx", state: "running" }] }), "services"],
    ["fact", () => ({ facts: { somethingNew: true } }), "facts.somethingNew"],
    [
      "field of the inventory",
      () => ({ inventory: { ...fullReport.inventory, keyboard: "us" } }),
      "inventory.keyboard",
    ],
    [
      "field of the system",
      () => ({ inventory: { ...fullReport.inventory, os: { ...fullReport.inventory?.os, edition: "x" } } }),
      "inventory.os.edition",
    ],
  ])("accepts the rest of a report with an unknown %s", async (_, change, name) => {
    const device = await tenant.enrol();
    const answer = await send(device, change());
    expect(answer).toMatchObject({ status: 200, body: { stored: true, ignored: [name] } });
    expect(await detail(device)).toMatchObject({ ignoredFields: [name], presence: { shown: "online" } });
  });

  test("is shown until that part of the report arrives without the field", async () => {
    const device = await tenant.enrol();
    await send(device, { samples: [{ ...sample(), gpu: 12 }], facts: { mood: "good" } });
    await send(device, { samples: [{ ...sample(), gpu: 13 }] });
    expect((await detail(device)).ignoredFields).toEqual(["facts.mood", "samples.gpu"]);
    await send(device, {});
    expect((await detail(device)).ignoredFields).toEqual(["facts.mood"]);
    await send(device, { facts: {} });
    expect((await detail(device)).ignoredFields).toEqual([]);
  });

  test("has 500 samples of the past accepted with a metric that the server does not know", async () => {
    const device = await tenant.enrol();
    const samples = Array.from({ length: 500 }, (_, index) => ({
      ...sample(),
      at: world.clock.now() - index,
      gpu: 1.5,
    }));
    const answer = await send(device, { lane: "backfill", samples });
    expect(answer.body).toEqual({ stored: true, ignored: ["samples.gpu"] });
    expect((await detail(device)).ignoredFields).toEqual(["samples.gpu"]);
  });

  test("has an enrolment with an unknown field accepted, and one with too many refused", async () => {
    const keyboard = await tenant.enrol({ keyboard: "us" } as object);
    expect(keyboard.enrolment.ignored).toEqual(["keyboard"]);
    expect((await detail(keyboard)).ignoredFields).toEqual(["keyboard"]);
    const many = Object.fromEntries(Array.from({ length: 33 }, (_, index) => [`new${index}`, index]));
    await expect(tenant.enrol(many as object)).rejects.toThrow("does not know");
  });

  test("gets a conflict for a number under which an unknown field differs", async () => {
    const device = await tenant.enrol();
    const report = { ...device.nextReport(world.clock.now()), facts: { mood: "good" } };
    expect((await sendReport(world, device, report)).status).toBe(200);
    expect((await sendReport(world, device, report)).body).toMatchObject({ stored: false });
    const other = { ...report, facts: { mood: "bad" } };
    expect(await sendReport(world, device, other)).toMatchObject({
      status: 409,
      body: { error: { code: "conflict" } },
    });
  });

  test("has a body of 95,000 unknown fields refused before it is parsed", async () => {
    const device = await tenant.enrol();
    const facts = Object.fromEntries(Array.from({ length: 95_000 }, (_, index) => [`k${index}`, 1]));
    const answer = await send(device, { facts });
    expect(answer).toMatchObject({
      status: 400,
      body: { error: { message: "The body has more than 16000 fields." } },
    });
  });
});
