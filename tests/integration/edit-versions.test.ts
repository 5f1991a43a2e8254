import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { commandLineActor } from "../../server/src/identity/index.ts";
import {
  type FleetTenant,
  type FleetWorld,
  makeFleetTenant,
  sendReport,
  startFleet,
} from "../harness/fleet-server.ts";
import { DIALECTS } from "../harness/test-store.ts";

describe.each(DIALECTS)("what members edit on %s", (dialect) => {
  let world: FleetWorld;
  let tenant: FleetTenant;
  beforeAll(async () => {
    world = await startFleet(dialect);
  });
  beforeEach(async () => {
    tenant = await makeFleetTenant(world);
  });
  afterAll(() => world.remove());

  const ask = (method: string, path: string, body?: unknown, ifMatch?: string) =>
    world.ask(method, path, {
      bearer: tenant.key,
      ...(body !== undefined && { body }),
      ...(ifMatch !== undefined && { headers: { "if-match": ifMatch } }),
    });

  test("of a device has a version that only edits raise", async () => {
    const device = await tenant.enrol();
    const path = `/api/v1/devices/${device.id}`;
    expect((await ask("GET", path)).body).toMatchObject({ version: 1, updatedAt: null, updatedBy: null });
    expect((await sendReport(world, device, device.nextReport(world.clock.now()))).status).toBe(200);
    await ask("POST", `${path}/archive`);
    await ask("POST", `${path}/restore`);
    expect((await ask("GET", path)).body.version).toBe(1);
    const edits = [
      () => ask("PATCH", path, { notes: "Rack 4" }, '"1"'),
      () => ask("PATCH", path, { tags: ["lab"], label: "Reception" }, '"2"'),
      () => ask("POST", `${path}/exclude-mount`, { mount: "/srv" }, '"3"'),
    ];
    for (const edit of edits) expect((await edit()).status).toBe(200);
    const { body } = await ask("GET", path);
    expect(body).toMatchObject({ version: 4, updatedAt: expect.any(String), updatedBy: "tests" });
    // A change that changes nothing is no edit.
    expect((await ask("PATCH", path, { notes: "Rack 4" })).body.version).toBe(4);
  });

  test("is not overwritten: a late edit is answered with the version, its time and its author", async () => {
    const device = await tenant.enrol();
    const path = `/api/v1/devices/${device.id}`;
    expect((await ask("PATCH", path, { notes: "one" }, '"1"')).status).toBe(200);
    for (const [late, body] of [
      [path, { notes: "two" }],
      [`${path}/exclude-mount`, { mount: "/srv" }],
    ] as const) {
      const refused = await ask(late === path ? "PATCH" : "POST", late, body, '"1"');
      expect(refused.status).toBe(412);
      expect(refused.body.error).toMatchObject({
        code: "precondition-failed",
        current: { version: 2, updatedAt: expect.any(String), updatedBy: "tests" },
      });
    }
    expect((await ask("GET", path)).body).toMatchObject({ notes: "one", excludedMounts: [] });
  });

  test("at the same time is stored once", async () => {
    const device = await tenant.enrol();
    const path = `/api/v1/devices/${device.id}`;
    const answers = await Promise.all(
      ["one", "two", "three"].map((notes) => ask("PATCH", path, { notes }, '"1"')),
    );
    expect(answers.map(({ status }) => String(status)).toSorted()).toEqual(["200", "412", "412"]);
    const settings = await Promise.all(
      [600, 700, 800].map((offlineAfterS) => ask("PATCH", "/api/v1/organization", { offlineAfterS }, '"1"')),
    );
    expect(settings.map(({ status }) => String(status)).toSorted()).toEqual(["200", "412", "412"]);
  });

  test("of an organization keeps its version while members come and go", async () => {
    const path = "/api/v1/organization";
    expect((await ask("GET", path)).body.version).toBe(1);
    const shell = { kind: "command-line", actor: commandLineActor("root"), requestId: null } as const;
    const input = {
      email: "new@people.example",
      name: "New",
      role: "viewer",
      password: "kettle-orbit-mango",
    } as const;
    const { user } = await world.identity.users.create(tenant.orgId, input, shell);
    const { members } = world.identity;
    const renamed = { change: { name: "Newer" }, version: user.version };
    const changed = await members.change(tenant.orgId, user.id, renamed, shell);
    expect(changed).toMatchObject({ version: 2, updatedBy: "command line (root)" });
    await expect(members.change(tenant.orgId, user.id, renamed, shell)).rejects.toThrow(
      expect.objectContaining({ code: "precondition-failed" }),
    );
    const { body } = await ask("PATCH", path, { offlineAfterS: 900 }, '"1"');
    expect(body).toMatchObject({ version: 2, updatedBy: "tests" });
  });
});
