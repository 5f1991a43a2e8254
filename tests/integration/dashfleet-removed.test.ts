import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type DashfleetTenant,
  type DashfleetWorld,
  makeDashfleetTenant,
  originalReport,
  startDashfleet,
} from "../harness/dashfleet-world.ts";

describe("DashFleet's routes that its scripts may still call", () => {
  let world: DashfleetWorld;
  let tenant: DashfleetTenant;
  beforeAll(async () => {
    world = await startDashfleet("sqlite");
    tenant = await makeDashfleetTenant(world);
    await world.speak("POST", "/api/fleet/report", { bearer: tenant.agent, body: originalReport("vm") });
  });
  afterAll(() => world.remove());

  test.each([
    ["POST", "/api/action"],
    ["GET", "/api/history?limit=20"],
    ["POST", "/api/agent/link"],
    ["POST", "/api/tokens/create"],
    ["GET", "/api/tokens"],
    ["POST", "/api/tokens/delete"],
    ["GET", "/download/agent/abc"],
  ])("%s %s is answered 410 with the reason, for every caller", async (method, path) => {
    for (const bearer of [tenant.operator, undefined]) {
      const answer = await world.speak(method, path, bearer === undefined ? {} : { bearer });
      expect([answer.status, answer.body]).toEqual([
        410,
        { error: expect.stringMatching(/^Muster .+\.$/) as string },
      ]);
    }
  });

  test("returns the number of machines after a reload, and the metrics of the server's machine as stats", async () => {
    const { operator: bearer } = tenant;
    expect((await world.speak("POST", "/api/fleet/reload", { bearer })).body).toEqual({ ok: true, count: 1 });
    const { body } = await world.speak("GET", "/api/stats", { bearer });
    expect(body).toMatchObject({ cpu_percent: expect.any(Number), uptime_hms: expect.any(String) });
    expect(body).not.toHaveProperty("health");
    for (const [method, path] of [
      ["POST", "/api/fleet/reload"],
      ["GET", "/api/stats"],
    ] as const)
      expect((await world.speak(method, path)).status).toBe(403);
  });

  test("explains what is needed to a key that requests an organization", async () => {
    for (const bearer of [tenant.operator, undefined]) {
      const how = { body: { name: "Another" }, ...(bearer !== undefined && { bearer }) };
      const answer = await world.speak("POST", "/api/orgs", how);
      expect([answer.status, answer.body.error]).toEqual([403, expect.stringContaining("muster org create")]);
    }
  });

  test("returns the customer of a device as the client of the machine", async () => {
    const client = async () =>
      (await world.speak("GET", "/api/fleet", { bearer: tenant.operator })).body.data[0].client;
    expect(await client()).toBeNull();
    await world.store.transaction((tx) =>
      tx.updateTable("devices").set({ customer: "Harbour" }).where("org_id", "=", tenant.orgId).execute(),
    );
    expect(await client()).toBe("Harbour");
  });
});
