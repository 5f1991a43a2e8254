import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { message } from "@muster/shared/actions/message.ts";
import {
  type FleetTenant,
  type FleetWorld,
  makeFleetTenant,
  sendReport,
  startFleet,
  type TestDevice,
} from "../harness/fleet-server.ts";
import { DIALECTS } from "../harness/test-store.ts";

describe.each(DIALECTS)("text that users paste and scripts write, on %s", (dialect) => {
  let world: FleetWorld;
  let tenant: FleetTenant;
  let device: TestDevice;
  beforeAll(async () => {
    world = await startFleet(dialect);
    tenant = await makeFleetTenant(world);
    device = await tenant.enrol();
    await sendReport(world, device, device.nextReport(world.clock.now()));
  });
  afterAll(() => world.remove());

  const patch = (body: unknown) =>
    world.ask("PATCH", `/api/v1/devices/${device.id}`, { bearer: tenant.key, body });
  const list = async (query: string) =>
    (await world.ask("GET", `/api/v1/devices?${query}`, { bearer: tenant.key })).body.items.length;

  test.each([
    ["one\r\ntwo", "one\ntwo"],
    ["one\rtwo\r\rthree", "one\ntwo\n\nthree"],
    ["one\n\r\ntwo\r\n", "one\n\ntwo\n"],
    ["Time\tWhat", "Time    What"],
  ])("accepts the notes %j", async (notes, stored) => {
    expect(await patch({ notes })).toMatchObject({ status: 200, body: { notes: stored } });
  });

  test.each([
    ["Front\tdesk", "Front desk"],
    ["\tFront desk\r\n", "Front desk"],
    ["Front\t\tdesk", "Front  desk"],
  ])("accepts the label %j", async (label, stored) => {
    expect(await patch({ label })).toMatchObject({ status: 200, body: { label: stored } });
  });

  test("accepts a message with Windows line breaks and a table", () => {
    const text = "Dear all,\r\n\r\nTime\tWhat\r\n18:30\tRestart\r\n";
    expect(message.payload.parse({ title: "a\tb", text })).toMatchObject({
      title: "a b",
      text: "Dear all,\n\nTime    What\n18:30    Restart\n",
    });
    expect(message.payload.safeParse({ title: "a\u0007b", text }).success).toBe(false);
    expect(message.payload.safeParse({ title: "a\r\nb", text }).success).toBe(false);
  });

  test("accepts a body that begins with a byte order mark", async () => {
    expect(await patch(`\ufeff${JSON.stringify({ label: "Reception" })}`)).toMatchObject({
      status: 200,
      body: { label: "Reception" },
    });
  });

  test.each([
    ["2026-02-01T09:00:00Z", "2026-02-01T09:00:00.000Z"],
    ["2026-02-01T09:00:00+01:00", "2026-02-01T08:00:00.000Z"],
    ["2026-02-01T09:00:00.123456789-0330", "2026-02-01T12:30:00.123Z"],
    ["2026-02-01T09:00:00.5Z", "2026-02-01T09:00:00.500Z"],
    ["2026-02-01t09:00:00z", "2026-02-01T09:00:00.000Z"],
    ["2026-02-01T23:59+14", "2026-02-01T09:59:00.000Z"],
  ])("accepts the instant %s in a body", async (maintenanceUntil, stored) => {
    const answer = await patch({ maintenanceUntil });
    expect(answer).toMatchObject({ status: 200, body: { presence: { maintenanceUntil: stored } } });
  });

  test.each([
    "2026-02-30T09:00:00Z",
    "2026-02-01T09:00:00",
    "2026-02-01 09:00:00Z",
    "2026-02-01T25:00:00Z",
    "2026-02-01T09:00:00.1234567890Z",
    "0000-01-01T00:00:00+14:00",
    "tomorrow",
    "",
  ])("refuses the instant %j, and names the field", async (maintenanceUntil) => {
    expect(await patch({ maintenanceUntil })).toMatchObject({
      status: 400,
      body: {
        error: {
          message: expect.stringMatching(
            /^The field maintenanceUntil of the body must be an instant such as/,
          ),
        },
      },
    });
  });

  test("accepts an offset in a query, encoded or not", async () => {
    const from = "2026-01-05T08:00:00+01:00";
    const to = "2026-01-05T12:00:00+01:00";
    for (const query of [`from=${from}&to=${to}`, new URLSearchParams({ from, to }).toString()]) {
      const answer = await world.ask("GET", `/api/v1/devices/${device.id}/history?${query}`, {
        bearer: tenant.key,
      });
      expect(answer.status).toBe(200);
      expect(answer.body.times.length).toBeGreaterThan(0);
    }
  });

  test.each([
    ["tag=red&tag=blue", 2],
    ["tag=red,blue", 2],
    ["tag=red", 1],
    ["tag=red,none&tag=blue", 2],
    ["customer=Acme,%20Inc.", 2],
    ["customer=Acme,%20Inc.&customer=Other", 1],
    ["presence=online,waiting&tag=red,blue", 2],
  ])("accepts a list in a query: %s", async (query, found) => {
    await tenant.enrol({ tags: ["red"], customer: "Acme, Inc." });
    const blue = await tenant.enrol({ tags: ["blue"], customer: "Acme" });
    const own = (await list(query)) as number;
    await world.ask("POST", `/api/v1/devices/${blue.id}/archive`, { bearer: tenant.key });
    const { body } = await world.ask("GET", "/api/v1/devices?limit=200", { bearer: tenant.key });
    for (const { id, tags } of body.items) {
      if (tags.length > 0) await world.ask("POST", `/api/v1/devices/${id}/archive`, { bearer: tenant.key });
    }
    expect(own).toBe(found);
  });

  test("accepts metrics and ids in both styles", async () => {
    const range = "from=2026-01-05T07:00:00Z&to=2026-01-05T12:00:00Z";
    for (const query of ["metrics=cpu,memory", "metrics=cpu&metrics=memory"]) {
      const { body } = await world.ask("GET", `/api/v1/devices/${device.id}/history?${range}&${query}`, {
        bearer: tenant.key,
      });
      expect(Object.keys(body.series)).toEqual(["cpu", "memory"]);
    }
    for (const query of [`ids=${device.id},${device.id}`, `ids=${device.id}&ids=${device.id}`]) {
      expect(
        (await world.ask("GET", `/api/v1/devices/sparklines?${query}`, { bearer: tenant.key })).status,
      ).toBe(200);
    }
  });
});
