import { afterAll, beforeAll, expect, test } from "vitest";
import { fullReport } from "../../server/src/fleet/ingest/report.fixture.ts";
import { type FleetWorld, makeFleetTenant, sendReport, startFleet } from "../harness/fleet-server.ts";

let world: FleetWorld;
beforeAll(async () => {
  world = await startFleet("sqlite");
});
afterAll(() => world.remove());

test("stores a report of the next release without what this release does not know", async () => {
  const tenant = await makeFleetTenant(world);
  const device = await tenant.enrol({ locale: "fr-FR" } as object);
  const now = world.clock.now();
  const { inventory, facts, inventoryHash } = fullReport;
  const nextRelease = {
    ...device.nextReport(now),
    samples: [{ at: now, cpu: 10, memory: 30, disk: 40, gpu: 12, gpuMemory: 80.5, fan: [1200, 1300] }],
    facts: { ...facts, idleSince: now, updates: { security: 3, other: 12 }, encrypted: true },
    inventoryHash,
    inventory: {
      ...inventory,
      keyboard: { layout: "us" },
      os: { ...inventory?.os, edition: "server" },
      hardware: { ...inventory?.hardware, tpm: "2.0", cpu: { ...inventory?.hardware.cpu, sockets: 1 } },
      disks: inventory?.disks.map((disk) => ({ ...disk, smart: "passed" })),
      networkInterfaces: inventory?.networkInterfaces.map((one) => ({ ...one, speed: 1000 })),
      agent: { ...inventory?.agent, channel: "stable" },
    },
  };
  const answer = await sendReport(world, device, nextRelease);
  expect(answer).toMatchObject({ status: 200, body: { stored: true } });
  expect(answer.body.ignored).toHaveLength(10);
  const { body } = await world.ask("GET", `/api/v1/devices/${device.id}`, { bearer: tenant.key });
  expect(body).toMatchObject({
    presence: { shown: "online" },
    metrics: { cpu: 10, memory: 30, disk: 40 },
    user: "ada",
    inventory,
  });
  expect(body.ignoredFields).toEqual(
    expect.arrayContaining(["samples.gpu", "facts.updates", "inventory.keyboard"]),
  );
});
