import type { DeviceEdit } from "@muster/shared/contracts/device-edit.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FleetTenant, type FleetWorld, makeFleetTenant, startFleet } from "../harness/fleet-server.ts";
import { insertDevices } from "../harness/fleet-rows.ts";
import { commandLineActor } from "../../server/src/identity/index.ts";
import { DIALECTS } from "../harness/test-store.ts";

const MINUTE_MS = 60_000;
const shell = { kind: "command-line", actor: commandLineActor("root"), requestId: null } as const;

describe.each(DIALECTS)("edits of many devices on %s", (dialect) => {
  let world: FleetWorld;
  let tenant: FleetTenant;
  let ids: string[];

  beforeAll(async () => {
    world = await startFleet(dialect);
  });
  afterAll(() => world.remove());

  async function makeDevices(count: number, part: object = {}): Promise<void> {
    tenant = await makeFleetTenant(world);
    const given = Array.from({ length: count }, (_, index) => ({ hostname: `web-${index}`, ...part }));
    ids = (await insertDevices(world.store, tenant.orgId, given)).map(({ id }) => id);
  }
  const ask = (method: string, path: string, body?: object, bearer = tenant.key) =>
    world.ask(method, path, { bearer, ...(body && { body }) });
  async function edit(body: object): Promise<DeviceEdit> {
    const answer = await ask("POST", "/api/v1/device-edits", body);
    expect(answer).toMatchObject({ status: 201 });
    return answer.body;
  }
  const undo = (id: string) => ask("POST", `/api/v1/device-edits/${id}/undo`);
  const device = async (index = 0) => (await ask("GET", `/api/v1/devices/${ids[index]}`)).body;

  it("adds and removes tags, and says which devices had them already", async () => {
    await makeDevices(2);
    await ask("PATCH", `/api/v1/devices/${ids[0]}`, { tags: ["old", "kept"] });
    const made = await edit({ deviceIds: ids, change: { addTags: ["kept"], removeTags: ["old"] } });
    expect(made).toMatchObject({
      state: "done",
      counts: { pending: 0, changed: 2, unchanged: 0, failed: 0 },
    });
    expect((await device()).tags).toEqual(["kept"]);
    const again = await edit({ deviceIds: ids, change: { addTags: ["kept"] } });
    expect(again).toMatchObject({ counts: { changed: 0, unchanged: 2 }, undoUntil: null });
    expect((await ask("GET", "/api/v1/devices?tag=kept")).body.items).toHaveLength(2);
  });

  it("edits all devices of a filter, in portions, and has one audit entry for each and one for all", async () => {
    await makeDevices(60);
    const { count } = (await ask("GET", "/api/v1/devices/count?search=web-")).body;
    expect(count).toBe(60);
    const made = await edit({ filter: { search: "web-" }, expectedCount: 60, change: { customer: "Acme" } });
    expect(made.counts.changed).toBe(60);
    expect((await ask("GET", "/api/v1/devices?customer=Acme&limit=100")).body.items).toHaveLength(60);
    expect((await ask("GET", "/api/v1/devices/count?search=acme")).body.count).toBe(60);
    const { items } = await world.identity.audit.list(tenant, { limit: 100 });
    expect(items.filter(({ action }) => action === "device.changed")).toHaveLength(60);
    expect(items.filter(({ action }) => action === "device.bulk-edited")).toMatchObject([
      { subject: { id: made.id }, details: { devices: 60, failed: 0 } },
    ]);
  });

  it("changes nothing when another number of devices matches than expected", async () => {
    await makeDevices(3);
    const answer = await ask("POST", "/api/v1/device-edits", {
      filter: {},
      expectedCount: 2,
      change: { archived: true },
    });
    expect(answer).toMatchObject({
      status: 409,
      body: { error: { code: "conflict", details: [{ path: "expectedCount" }] } },
    });
    expect((await device()).archivedAt).toBeNull();
  });

  it("takes either ids or a filter with its count, and at least one change", async () => {
    await makeDevices(1);
    const change = { addTags: ["x"] };
    for (const body of [
      { change },
      { change, filter: {} },
      { change, filter: {}, expectedCount: 1, deviceIds: ids },
      { deviceIds: ids, change: {} },
      { deviceIds: ids, change: { archived: true, class: "vm" } },
      { change, filter: { unknown: 1 }, expectedCount: 1 },
    ]) {
      expect((await ask("POST", "/api/v1/device-edits", body)).status).toBe(400);
    }
  });

  it("undoes tags, customer, class and maintenance", async () => {
    await makeDevices(2);
    await ask("PATCH", `/api/v1/devices/${ids[0]}`, { tags: ["old"], customer: "Acme", class: "vm" });
    const before = [await device(0), await device(1)];
    const { id } = await edit({
      deviceIds: ids,
      change: {
        addTags: ["new"],
        removeTags: ["old"],
        customer: null,
        class: "laptop",
        maintenanceUntil: new Date(world.clock.now() + MINUTE_MS).toISOString(),
      },
    });
    expect(await device()).toMatchObject({ tags: ["new"], customer: null, class: "laptop" });
    const { status, body } = await undo(id);
    expect(status).toBe(201);
    expect(body).toMatchObject({ undoOf: id, state: "done", counts: { changed: 2 }, undoUntil: null });
    const edited = { version: expect.any(Number), updatedAt: expect.anything(), updatedBy: "tests" };
    const restored = before.map((known) => ({ ...known, ...edited }));
    expect([await device(0), await device(1)]).toEqual(restored);
    expect((await undo(id)).status).toBe(409);
  });

  it("archives, and undoes it", async () => {
    await makeDevices(1);
    const { id } = await edit({ deviceIds: ids, change: { archived: true } });
    expect((await device()).archivedAt).not.toBeNull();
    await undo(id);
    expect((await device()).archivedAt).toBeNull();
    const restored = await edit({ deviceIds: ids, change: { archived: false } });
    expect(restored.counts.unchanged).toBe(1);
  });

  it("leaves a device alone whose values somebody changed since", async () => {
    await makeDevices(2);
    const { id } = await edit({ deviceIds: ids, change: { addTags: ["new"] } });
    await ask("PATCH", `/api/v1/devices/${ids[0]}`, { tags: ["theirs"] });
    const { body } = await undo(id);
    expect(body).toMatchObject({
      counts: { changed: 1, failed: 1 },
      failures: [{ deviceId: ids[0], deviceName: "web-0", reason: "changed-since" }],
    });
    expect([(await device(0)).tags, (await device(1)).tags]).toEqual([["theirs"], []]);
  });

  it("restores no customer that was deleted since", async () => {
    await makeDevices(1);
    await edit({ deviceIds: ids, change: { customer: "Gone" } });
    const { customerId } = await device();
    const { id } = await edit({ deviceIds: ids, change: { customerId: null } });
    await ask("POST", `/api/v1/customers/${customerId}/archive`);
    expect((await ask("DELETE", `/api/v1/customers/${customerId}`)).status).toBe(204);
    expect((await undo(id)).body.failures).toMatchObject([{ reason: "customer-gone" }]);
  });

  it("lets devices depend on another one, except where it depends on them, and undoes it", async () => {
    await makeDevices(4);
    const [host = "", guest = "", , top = ""] = ids;
    await edit({ deviceIds: [host], change: { dependsOn: top } });
    const made = await edit({ deviceIds: ids, change: { dependsOn: host } });
    expect(made.counts).toMatchObject({ changed: 2, failed: 2 });
    expect(made.failures.map(({ deviceId, reason }) => [deviceId, reason])).toEqual([
      [host, "dependency-refused"],
      [top, "dependency-refused"],
    ]);
    expect((await ask("GET", `/api/v1/devices/${guest}`)).body.dependsOn).toBe(host);
    const { items } = await world.identity.audit.list(tenant, { limit: 20 });
    const changes = items.map(({ details }) => details).filter((details) => "changes" in details);
    expect(changes).toContainEqual({ changes: { dependsOn: { from: null, to: "web-0" } } });
    expect((await undo(made.id)).body.counts).toMatchObject({ changed: 2, failed: 0 });
    expect((await ask("GET", `/api/v1/devices/${guest}`)).body.dependsOn).toBeNull();
    const foreign = "019ab3c4-5d6e-7f80-9a1b-2c3d4e5f6071";
    const refused = await ask("POST", "/api/v1/device-edits", {
      deviceIds: ids,
      change: { dependsOn: foreign },
    });
    expect([refused.status, refused.body.error.details[0].path]).toEqual([400, "change.dependsOn"]);
  });

  it("brings no circle of dependencies back", async () => {
    await makeDevices(5);
    const [a = "", b = "", c = "", d = "", host = ""] = ids;
    const depend = (id: string, on: string | null) => edit({ deviceIds: [id], change: { dependsOn: on } });
    await depend(a, b);
    await depend(c, d);
    const made = await edit({ deviceIds: [a, c], change: { dependsOn: host } });
    await depend(b, c);
    await depend(d, a);
    const undone = (await undo(made.id)).body;
    expect(undone.counts).toMatchObject({ changed: 1, failed: 1, pending: 0 });
    expect(undone.failures).toMatchObject([{ deviceId: c, reason: "dependency-refused" }]);
  });

  it("undoes for a quarter of an hour only, and is forgotten after a day", async () => {
    await makeDevices(1);
    const { id } = await edit({ deviceIds: ids, change: { addTags: ["new"] } });
    world.clock.advance(15 * MINUTE_MS + 1);
    expect((await undo(id)).status).toBe(409);
    world.clock.advance(24 * 60 * MINUTE_MS);
    const bearer = (await keyOf()).secret;
    expect((await ask("GET", `/api/v1/device-edits/${id}`)).status).toBe(200);
    expect((await ask("GET", `/api/v1/device-edits/${id}`, undefined, bearer)).status).toBe(404);
    for (let run = 0; run < 20; run += 1) await world.runJobs("device-edits");
    expect((await ask("GET", `/api/v1/device-edits/${id}`)).status).toBe(404);
  });

  it("says which devices would have too many tags or are not there", async () => {
    await makeDevices(1);
    await ask("PATCH", `/api/v1/devices/${ids[0]}`, {
      tags: Array.from({ length: 20 }, (_, index) => `t${index}`),
    });
    const foreign = "019ab3c4-5d6e-7f80-9a1b-2c3d4e5f6071";
    const made = await edit({ deviceIds: [...ids, foreign], change: { addTags: ["more"] } });
    expect(made.failures).toEqual([
      { deviceId: ids[0], deviceName: "web-0", reason: "too-many-tags" },
      { deviceId: foreign, deviceName: foreign, reason: "not-found" },
    ]);
  });

  it("continues an edit that a stopped server left, and finishes it once", async () => {
    await makeDevices(150);
    const made = await edit({ filter: {}, expectedCount: 150, change: { addTags: ["all"] } });
    expect(made.state).toBe("running");
    await world.fleet.drain();
    world.clock.advance(MINUTE_MS);
    const next = await world.addServer();
    await next.runJobs("device-edits");
    const { body } = await ask("GET", `/api/v1/device-edits/${made.id}`);
    expect(body).toMatchObject({ state: "done", counts: { changed: 150, pending: 0 } });
    const { items } = await world.identity.audit.list(tenant, { limit: 10 });
    expect(items.filter(({ action }) => action === "device.bulk-edited")).toHaveLength(1);
  });

  function keyOf() {
    return world.identity.apiKeys.create(
      tenant.orgId,
      { name: "other", scopes: ["read", "write"], validDays: null },
      { ...shell, fixedRole: "operator" },
    );
  }
});
