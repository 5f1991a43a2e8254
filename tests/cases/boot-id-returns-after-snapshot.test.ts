import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type FleetTenant,
  type FleetWorld,
  makeFleetTenant,
  sendReport,
  startFleet,
} from "../harness/fleet-server.ts";
import { DIALECTS } from "../harness/test-store.ts";

describe.each(DIALECTS)("boot ids of a device, on %s", (dialect) => {
  let world: FleetWorld;
  let tenant: FleetTenant;
  beforeAll(async () => {
    world = await startFleet(dialect);
    tenant = await makeFleetTenant(world);
  });
  afterAll(() => world.remove());

  test.each([
    ["a machine that is put back to a snapshot of its running state", "aba", 60_000, false],
    ["the same, and it goes on restarting", "abacd", 60_000, false],
    ["a machine that is put back on two days", "abab", 25 * 3_600_000, false],
    ["two machines that alternate", "abab", 60_000, true],
    ["two machines that go on alternating", "abababab", 60_000, true],
    ["three machines that report in turn", "abcab", 60_000, true],
    ["ordinary restarts", "abcdef", 60_000, false],
  ])("%s (%s): suspected %s", async (_, boots, everyMs, isSuspected) => {
    const device = await tenant.enrol({ classGuess: "vm" });
    for (const boot of boots) {
      world.clock.advance(everyMs);
      const bootId = `${boot.repeat(8)}-2222-3333-4444-555555555555`;
      const answer = await sendReport(world, device, device.nextReport(world.clock.now(), { bootId }));
      expect(answer.status).toBe(200);
    }
    const { body } = await world.ask("GET", `/api/v1/devices/${device.id}`, { bearer: tenant.key });
    expect(body.isCloneSuspected).toBe(isSuspected);
  });
});
