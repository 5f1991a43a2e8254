import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createCustomers, createMergeCustomers } from "../../server/src/fleet/index.ts";
import { commandLineActor } from "../../server/src/identity/index.ts";
import { createUuidV7Factory } from "../../server/src/platform/crypto/ids.ts";
import { insertDevices } from "../harness/fleet-rows.ts";
import { type FleetTenant, type FleetWorld, makeFleetTenant, startFleet } from "../harness/fleet-server.ts";
import { DIALECTS } from "../harness/test-store.ts";

const PATH = "/api/v1/customers";
const by = { actor: commandLineActor("root"), requestId: null };

describe.each(DIALECTS)("customers on %s", (dialect) => {
  let world: FleetWorld;
  let tenant: FleetTenant;
  beforeAll(async () => {
    world = await startFleet(dialect);
  });
  afterAll(() => world.remove());

  const ask = (method: string, path: string, body?: unknown, headers?: Record<string, string>) =>
    world.ask(method, path, {
      bearer: tenant.key,
      ...(body !== undefined && { body }),
      ...(headers && { headers }),
    });
  const create = async (name: string, more: object = {}) => (await ask("POST", PATH, { name, ...more })).body;
  const devicesOf = async (query: string) =>
    (await ask("GET", `/api/v1/devices?sort=name&${query}`)).body.items.map(
      ({ name }: { name: string }) => name,
    );
  const audited = async () =>
    (await world.identity.audit.list(tenant, { limit: 20 })).items.map(({ action }) => action);

  test("have names that are unique whatever the case, accents and white space, and addresses that are unique", async () => {
    tenant = await makeFleetTenant(world);
    const made = await create("Müller  AG", { email: "Info@Mueller.example" });
    expect(made).toMatchObject({ name: "Müller AG", email: "info@mueller.example", devices: 0, version: 1 });
    for (const name of ["muller ag", "MÜLLER AG"]) {
      const { status, body } = await ask("POST", PATH, { name });
      expect([status, body.error.details]).toEqual([
        409,
        [{ path: "name", message: "belongs to another customer" }],
      ]);
    }
    const taken = await ask("POST", PATH, { name: "Other", email: "info@mueller.example" });
    expect([taken.status, taken.body.error.details[0].path]).toEqual([409, "email"]);
    const foreign = await makeFleetTenant(world);
    const elsewhere = await world.ask("POST", PATH, { bearer: foreign.key, body: { name: "Müller AG" } });
    expect(elsewhere.status).toBe(201);
    expect((await world.ask("GET", `${PATH}/${made.id}`, { bearer: foreign.key })).status).toBe(404);
  });

  test("are listed page by page in natural order, searched in everything that names them, with their devices", async () => {
    tenant = await makeFleetTenant(world);
    for (const name of ["Client 10", "Client 2", "Éclair"]) await create(name);
    await create("Zeta", {
      company: "Zeta Holding",
      contacts: [{ name: "Ada Lovelace", email: "ada@zeta.example" }],
    });
    await insertDevices(world.store, tenant.orgId, [
      { customer: "Zeta" },
      { customer: "Zeta" },
      { customer: "Zeta", archived_at: 5 },
    ]);
    const first = (await ask("GET", `${PATH}?limit=3`)).body;
    const second = (await ask("GET", `${PATH}?limit=3&cursor=${first.nextCursor}`)).body;
    const listed = [...first.items, ...second.items];
    expect(listed.map(({ name, devices }: { name: string; devices: number }) => [name, devices])).toEqual([
      ["Client 2", 0],
      ["Client 10", 0],
      ["Zeta", 2],
      ["Éclair", 0],
    ]);
    expect(second.nextCursor).toBeNull();
    for (const search of ["ECLAIR", "lovelace zeta", "holding", "ada@zeta", "%", "client_2"]) {
      const { items } = (await ask("GET", `${PATH}?search=${encodeURIComponent(search)}`)).body;
      expect
        .soft(
          items.map(({ name }: { name: string }) => name),
          search,
        )
        .toEqual(search === "ECLAIR" ? ["Éclair"] : /[%_]/.test(search) ? [] : ["Zeta"]);
    }
    expect((await ask("GET", `${PATH}?cursor=bm8`)).status).toBe(400);
  });

  test("keep devices, filters and searches up to date when they are renamed", async () => {
    tenant = await makeFleetTenant(world);
    const { id } = await create("Before");
    await insertDevices(world.store, tenant.orgId, [
      { hostname: "a", customer: "Before" },
      { hostname: "b" },
    ]);
    const renamed = await ask("PATCH", `${PATH}/${id}`, { name: "After" });
    expect(renamed.body).toMatchObject({ name: "After", version: 2, devices: 1 });
    expect(await devicesOf("customer=AFTER")).toEqual(["a"]);
    expect(await devicesOf(`customerId=${id}`)).toEqual(["a"]);
    expect(await devicesOf("customerId=none")).toEqual(["b"]);
    expect(await devicesOf(`customerId=none,${id}`)).toEqual(["a", "b"]);
    expect(await devicesOf("search=after")).toEqual(["a"]);
    expect(await devicesOf("search=before")).toEqual([]);
    expect((await ask("GET", "/api/v1/devices/summary")).body.customers).toEqual(["After"]);
    expect(await audited()).toEqual(expect.arrayContaining(["customer.changed", "customer.created"]));
  });

  test("lose no edit: a version that is no longer current is refused", async () => {
    tenant = await makeFleetTenant(world);
    const { id, version } = await create("Acme", { notes: "n" });
    const match = { "if-match": `"${version}"` };
    expect((await ask("PATCH", `${PATH}/${id}`, { notes: "one" }, match)).status).toBe(200);
    const late = await ask("PATCH", `${PATH}/${id}`, { notes: "two" }, match);
    expect([late.status, late.body.error.code]).toEqual([412, "precondition-failed"]);
    expect((await ask("PATCH", `${PATH}/${id}`, { notes: "two" }, { "if-match": "2" })).status).toBe(400);
    expect((await ask("GET", `${PATH}/${id}`)).body).toMatchObject({ notes: "one", version: 2 });
    expect((await ask("PATCH", `${PATH}/${id}`, { notes: "one" })).body.version).toBe(2);
  });

  test("are created by a device or token that names them, and given by id or name, not both", async () => {
    tenant = await makeFleetTenant(world);
    const device = await tenant.enrol({ customer: "New  Client" });
    const read = (await ask("GET", `/api/v1/devices/${device.id}`)).body;
    expect(read.customer).toBe("New Client");
    const again = await tenant.enrol({ customer: "new client" });
    expect((await ask("GET", `/api/v1/devices/${again.id}`)).body).toMatchObject({
      customer: "New Client",
      customerId: read.customerId,
    });
    const path = `/api/v1/devices/${device.id}`;
    expect((await ask("PATCH", path, { customer: "x", customerId: read.customerId })).status).toBe(400);
    const unknown = await ask("PATCH", path, { customerId: tenant.orgId });
    expect([unknown.status, unknown.body.error.details[0].path]).toEqual([400, "customerId"]);
    expect((await ask("PATCH", path, { customer: null })).body).toMatchObject({
      customer: null,
      customerId: null,
    });
    expect((await ask("PATCH", path, { customerId: read.customerId })).body.customer).toBe("New Client");
  });

  test("are created once when many devices name a new one at the same time", async () => {
    tenant = await makeFleetTenant(world);
    const devices = await Promise.all([1, 2, 3, 4, 5].map(() => tenant.enrol()));
    const changed = await Promise.all(
      devices.map(({ id }) => ask("PATCH", `/api/v1/devices/${id}`, { customer: "At once" })),
    );
    expect(changed.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect(new Set(changed.map(({ body }) => body.customerId)).size).toBe(1);
    expect((await ask("GET", PATH)).body.items).toMatchObject([{ name: "At once", devices: 5 }]);
    const names = ["Twice", "TWICE", "twice"].map((name) => ask("POST", PATH, { name }));
    expect((await Promise.all(names)).map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
      201, 409, 409,
    ]);
  });

  test("are archived and restored, and deleted only while nothing refers to them", async () => {
    tenant = await makeFleetTenant(world);
    const { id } = await create("Used");
    const device = await tenant.enrol({ customer: "Used" });
    const listed = async (query: string) =>
      (await ask("GET", `${PATH}?${query}`)).body.items.map(({ name }: { name: string }) => name);
    await ask("POST", `${PATH}/${id}/archive`);
    expect([await listed(""), await listed("archived=true")]).toEqual([[], ["Used"]]);
    await ask("POST", `${PATH}/${id}/restore`);
    expect(await listed("")).toEqual(["Used"]);
    expect((await ask("DELETE", `${PATH}/${id}`)).status).toBe(409);
    await ask("PATCH", `/api/v1/devices/${device.id}`, { customer: null });
    expect((await ask("DELETE", `${PATH}/${id}`)).status).toBe(204);
    expect(await listed("")).toEqual([]);
  });

  test("merge: devices, tokens and limits move in one transaction, and contacts and notes of both stay", async () => {
    tenant = await makeFleetTenant(world);
    const from = await create("From", { email: "from@x.example", notes: "old", contacts: [{ name: "Ada" }] });
    const into = await create("Into", { notes: "new", contacts: [{ name: "Bob" }] });
    await insertDevices(world.store, tenant.orgId, [
      { hostname: "a", customer: "From" },
      { hostname: "b", customer: "From", archived_at: 1 },
      { hostname: "c", customer: "Into" },
    ]);
    const token = (await ask("POST", "/api/v1/enrolment-tokens", { customerId: from.id })).body.token;
    const limited = await limitedKey([from.id]);
    const merged = await ask("POST", `${PATH}/${from.id}/merge`, { into: into.id });
    expect(merged.body).toMatchObject({
      name: "Into",
      email: "from@x.example",
      notes: "new\n\nold",
      devices: 2,
    });
    expect(merged.body.contacts.map(({ name }: { name: string }) => name)).toEqual(["Bob", "Ada"]);
    expect(await devicesOf("customer=Into")).toEqual(["a", "c"]);
    expect(await devicesOf("customer=Into&archived=true")).toEqual(["b"]);
    expect(await devicesOf("search=from")).toEqual([]);
    const tokens = (await ask("GET", "/api/v1/enrolment-tokens")).body.items;
    expect(tokens.find(({ id }: { id: string }) => id === token.id)).toMatchObject({
      customerId: into.id,
      customer: "Into",
    });
    const reached = await world.ask("GET", "/api/v1/devices?sort=name", { bearer: limited });
    expect(reached.body.items.map(({ name }: { name: string }) => name)).toEqual(["a", "c"]);
    expect((await ask("GET", `${PATH}/${from.id}`)).status).toBe(404);
    expect((await ask("POST", `${PATH}/${into.id}/merge`, { into: into.id })).status).toBe(400);
    expect((await audited())[0]).toBe("customer.merged");
  });

  test("with many devices are renamed and merged in one go", async () => {
    tenant = await makeFleetTenant(world);
    const [one, two] = [await create("One"), await create("Two")];
    const given = Array.from({ length: 450 }, (_, index) => ({ hostname: `host-${index}`, customer: "One" }));
    await insertDevices(world.store, tenant.orgId, given);
    const { store, clock, events, identity } = world;
    const makeId = createUuidV7Factory(clock.now);
    const deps = {
      store,
      clock,
      makeId,
      events,
      audit: identity.audit,
      references: identity.customerReferences,
    };
    const customers = createCustomers(deps);
    await customers.change(tenant, one.id, { change: { name: "Uno" }, version: null }, by);
    const merged = await createMergeCustomers(deps, customers)(tenant.orgId, one.id, two.id, by);
    expect(merged.devices).toBe(450);
    const searched = (await ask("GET", "/api/v1/devices?search=host-449 two&limit=2")).body.items;
    expect(searched).toMatchObject([{ name: "host-449", customer: "Two", customerId: two.id }]);
  });

  test("edits by a filter only what a limited key reaches, and never its customer", async () => {
    tenant = await makeFleetTenant(world);
    const mine = await create("Edited");
    const reached = await tenant.enrol({ customer: "Edited", hostname: "edited-mine" });
    const other = await tenant.enrol({ hostname: "edited-other" });
    const bearer = await limitedKey([mine.id]);
    const edit = (change: object, expectedCount = 1) =>
      world.ask("POST", "/api/v1/device-edits", {
        bearer,
        body: { filter: { search: "edited" }, expectedCount, change },
      });
    expect((await edit({ addTags: ["seen"] }, 2)).status).toBe(409);
    expect((await edit({ addTags: ["seen"] })).body.counts).toMatchObject({ changed: 1, failed: 0 });
    expect((await edit({ customerId: mine.id })).status).toBe(403);
    const body = { deviceIds: [reached.id, other.id], change: { addTags: ["named"] } };
    const named = await world.ask("POST", "/api/v1/device-edits", { bearer, body });
    expect(named.body.failures).toEqual([{ deviceId: other.id, deviceName: other.id, reason: "not-found" }]);
    const { body: untouched } = await world.ask("GET", `/api/v1/devices/${other.id}`, { bearer: tenant.key });
    expect(untouched.tags).toEqual([]);
  });

  async function limitedKey(customerIds: readonly string[]): Promise<string> {
    const input = { name: "limited", scopes: ["read" as const, "write" as const], validDays: null };
    const made = await world.identity.apiKeys.create(
      tenant.orgId,
      { ...input, customerIds: [...customerIds] },
      { ...by, fixedRole: "admin" },
    );
    return made.secret;
  }

  test("of a key are replaced without a new secret, and count for its next request", async () => {
    tenant = await makeFleetTenant(world);
    const [mine, other] = [await create("Mine"), await create("Other")];
    await insertDevices(world.store, tenant.orgId, [
      { hostname: "mine-1", customer: "Mine" },
      { hostname: "other-1", customer: "Other" },
    ]);
    const input = { name: "script", scopes: ["read" as const], validDays: null };
    const admin = { ...by, fixedRole: "admin" as const };
    const { apiKeys } = world.identity;
    const { key, secret } = await apiKeys.create(tenant.orgId, { ...input, customerIds: null }, admin);
    const names = async () => {
      const { body } = await world.ask("GET", "/api/v1/devices?sort=name", { bearer: secret });
      return body.items.map(({ name }: { name: string }) => name);
    };
    expect(await names()).toEqual(["mine-1", "other-1"]);
    const limit = (customerIds: string[] | null, version: number | null = null) =>
      apiKeys.limit(tenant.orgId, key.id, { customerIds, version }, by);
    const limited = await limit([mine.id]);
    expect(limited.customers).toEqual([{ id: mine.id, name: "Mine" }]);
    await expect(limit(null, key.version)).rejects.toThrow("Somebody else changed this");
    expect(await names()).toEqual(["mine-1"]);
    await limit([other.id], limited.version);
    expect(await names()).toEqual(["other-1"]);
    const unknown = "01900000-0000-7000-8000-000000000000";
    await expect(limit([unknown])).rejects.toThrow();
    expect(await names()).toEqual(["other-1"]);
    await limit(null);
    expect(await names()).toEqual(["mine-1", "other-1"]);
    const { body: entries } = await world.ask("GET", "/api/v1/audit", { bearer: tenant.key });
    expect(entries.items[0]).toMatchObject({
      action: "api-key.limited",
      details: { changes: { customerIds: { from: [other.id], to: null } } },
    });
    await apiKeys.revoke(tenant.orgId, key.id, by);
    await expect(limit(null)).rejects.toThrow("revoked");
    const legacy = await apiKeys.create(tenant.orgId, input, admin, ["dashfleet-operator"]);
    const given = { customerIds: [mine.id], version: null };
    await expect(apiKeys.limit(tenant.orgId, legacy.key.id, given, by)).rejects.toThrow("legacy");
  });

  test("limit a key: lists, summary, search, tokens and audit have only what is theirs, and devices stay where they are", async () => {
    tenant = await makeFleetTenant(world);
    const [mine, other] = [await create("Mine"), await create("Other")];
    await insertDevices(world.store, tenant.orgId, [
      { hostname: "mine-1", customer: "Mine", tags: '["a"]' },
      { hostname: "mine-2", customer: "Mine", archived_at: 5 },
      { hostname: "other-1", customer: "Other", tags: '["b"]' },
      { hostname: "nobody-1", tags: '["c"]' },
    ]);
    const bearer = await limitedKey([mine.id]);
    const get = async (path: string) => (await world.ask("GET", path, { bearer })).body;
    const names = async (path: string) => (await get(path)).items.map(({ name }: { name: string }) => name);
    for (const sort of ["attention", "name", "customer", "cpu"]) {
      expect.soft(await names(`/api/v1/devices?sort=${sort}`), sort).toEqual(["mine-1"]);
    }
    expect(await names("/api/v1/devices?search=1")).toEqual(["mine-1"]);
    expect(await names("/api/v1/devices?archived=true")).toEqual(["mine-2"]);
    expect(await names(`/api/v1/devices?customerId=none,${other.id}`)).toEqual([]);
    expect(await names(PATH)).toEqual(["Mine"]);
    expect(await get("/api/v1/devices/summary")).toMatchObject({
      total: 1,
      archived: 1,
      customers: ["Mine"],
      tags: ["a"],
      reportsPerSecond: 0.03,
      outageSuspectedSince: null,
    });
    const post = (path: string, body: unknown) => world.ask("POST", path, { bearer, body });
    expect((await post("/api/v1/enrolment-tokens", { customerId: mine.id })).status).toBe(201);
    expect((await post("/api/v1/enrolment-tokens", {})).body.token.customerId).toBe(mine.id);
    expect((await post("/api/v1/enrolment-tokens", { customerId: other.id })).status).toBe(403);
    expect((await post("/api/v1/enrolment-tokens", { customer: "Mine" })).status).toBe(403);
    expect((await post(PATH, { name: "New" })).status).toBe(403);
    expect(await get("/api/v1/enrolment-tokens")).toMatchObject({
      items: [{ customer: "Mine" }, { customer: "Mine" }],
    });
    const [own] = (await get("/api/v1/devices")).items;
    const patch = (body: unknown) => world.ask("PATCH", `/api/v1/devices/${own.id}`, { bearer, body });
    expect((await patch({ customerId: mine.id })).status).toBe(403);
    expect((await patch({ label: "renamed" })).status).toBe(200);
    const entries = (await get("/api/v1/audit")).items;
    expect(entries.map(({ action }: { action: string }) => action)).toEqual([
      "device.changed",
      "enrolment-token.created",
      "enrolment-token.created",
      "customer.created",
    ]);
    expect((await get("/api/v1/audit?search=other")).items).toEqual([]);
  });

  test("limit a key to nothing while none is left, and a member's keys to what the member reaches", async () => {
    tenant = await makeFleetTenant(world);
    const { id } = await create("Mine");
    await insertDevices(world.store, tenant.orgId, [
      { hostname: "mine", customer: "Mine" },
      { hostname: "free" },
    ]);
    const nothing = await limitedKey([]);
    expect((await world.ask("GET", "/api/v1/devices", { bearer: nothing })).body.items).toEqual([]);
    const { users, members, apiKeys } = world.identity;
    const shell = { kind: "command-line", ...by } as const;
    const wanted = {
      name: "Ada",
      email: `ada-${tenant.orgId}@x.example`,
      role: "admin" as const,
      password: "kettle-orbit-mango",
    };
    const { user } = await users.create(tenant.orgId, wanted, shell);
    const input = { name: "k", scopes: ["read" as const], validDays: null };
    const key = await apiKeys.create(tenant.orgId, input, { ...by, userId: user.id });
    const seen = async () =>
      (await world.ask("GET", "/api/v1/devices?sort=name", { bearer: key.secret })).body.items.length;
    expect(await seen()).toBe(2);
    const limited = await members.change(
      tenant.orgId,
      user.id,
      { change: { customerIds: [id] }, version: null },
      shell,
    );
    expect(limited.customers).toEqual([{ id, name: "Mine" }]);
    expect(await seen()).toBe(1);
    await expect(
      members.change(tenant.orgId, user.id, { change: { role: "owner" }, version: null }, shell),
    ).rejects.toThrow("cannot be limited");
    await members.change(tenant.orgId, user.id, { change: { customerIds: null }, version: null }, shell);
    expect(await seen()).toBe(2);
  });
});
