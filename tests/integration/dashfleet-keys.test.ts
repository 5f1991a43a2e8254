import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  type DashfleetTenant,
  type DashfleetWorld,
  listMachines,
  makeDashfleetTenant,
  originalReport,
  startDashfleet,
} from "../harness/dashfleet-world.ts";
import { PASSWORD, shell } from "../harness/identity-server.ts";
import { DIALECTS } from "../harness/test-store.ts";

const UNAUTHORIZED = { status: 403, body: { error: "Unauthorized" } };
const NEEDS_OWNER = {
  status: 403,
  body: {
    error:
      "A key cannot create an organization. Sign in as an owner of this server, or run on it: muster org create NAME",
  },
};
const ORIGIN = "http://localhost:8080";

/** Every route that wants a credential of the wire, with input that is right. */
const ROUTES = [
  ["POST", "/api/fleet/report", "agent", originalReport()],
  ["POST", "/api/fleet/ping", "agent", { machine_id: "vm" }],
  ["GET", "/api/actions/pending?machine_id=vm", "agent", undefined],
  ["POST", "/api/actions/report", "agent", { action_id: "x", status: "done" }],
  ["GET", "/api/fleet", "operator", undefined],
  ["DELETE", "/api/fleet/x", "operator", undefined],
  ["POST", "/api/fleet/x/restore", "operator", undefined],
  ["DELETE", "/api/fleet/x/purge", "operator", undefined],
  ["POST", "/api/actions/queue", "operator", { machine_id: "vm", action_type: "restart" }],
  ["GET", "/api/status", "operator", undefined],
  ["GET", "/api/stats", "operator", undefined],
  ["POST", "/api/fleet/reload", "operator", undefined],
  ["GET", "/api/orgs", "operator", undefined],
  ["POST", "/api/keys/revoke", "operator", { key: "x" }],
  ["POST", "/api/orgs", "person", { name: "Another" }],
] as const;

describe.each(DIALECTS)("DashFleet's keys on %s", (dialect) => {
  let world: DashfleetWorld;
  let tenant: DashfleetTenant;
  beforeAll(async () => {
    world = await startDashfleet(dialect);
  });
  afterAll(() => world.remove());
  beforeEach(async () => {
    tenant = await makeDashfleetTenant(world);
  });

  test("covers every route of the wire", () => {
    const open = ["/api/fleet/public", "/api/config", "/api/login", "/api/logout"];
    const mounted = world.wireRoutes
      // The routes that no longer exist answer everybody alike.
      .filter(({ definition }) => definition.status !== 410)
      .map(({ definition }) => `${definition.method.toUpperCase()} ${definition.path}`)
      .filter((route) => !open.some((path) => route.endsWith(` ${path}`)));
    const tried = ROUTES.map(
      ([method, path]) => `${method} ${path.split("?")[0]?.replace("/fleet/x", "/fleet/{id}")}`,
    );
    expect(tried.toSorted()).toEqual(mounted.toSorted());
  });

  describe.each(ROUTES)("%s %s", (method, path, wanted, body) => {
    test("refuses no credential, the wrong kind of key, other credentials and a revoked key", async () => {
      const device = await tenant.enrol();
      const revoked = await world.identity.apiKeys.createLegacy(
        tenant.orgId,
        { name: "old", grants: ["dashfleet-agent", "dashfleet-operator"], machineId: null },
        { ...shell, fixedRole: "operator" },
      );
      await world.identity.apiKeys.revoke(tenant.orgId, revoked.key.id, shell);
      const wrong = [
        undefined,
        "nonsense",
        `mk_${"A".repeat(43)}`,
        device.bearer,
        tenant.key,
        revoked.secret,
        ...(wanted === "agent" ? [] : [tenant.agent]),
        ...(wanted === "operator" ? [] : [tenant.operator]),
      ];
      for (const bearer of wrong) {
        const answer = await world.speak(method, path, { body, ...(bearer && { bearer }) });
        expect([bearer, answer.status, answer.body]).toEqual([
          bearer,
          ...Object.values(path === "/api/orgs" && method === "POST" ? NEEDS_OWNER : UNAUTHORIZED),
        ]);
      }
      expect(await listMachines(world, tenant.orgId)).toEqual([]);
    });

    test.runIf(wanted !== "person")("accepts the right key, and one with both rights", async () => {
      const both = await tenant.makeKey(["dashfleet-agent", "dashfleet-operator"]);
      for (const bearer of [wanted === "agent" ? tenant.agent : tenant.operator, both]) {
        expect((await world.speak(method, path, { bearer, body })).status).not.toBe(403);
      }
    });
  });

  test("does not accept a key of the wire on native routes", async () => {
    const both = await tenant.makeKey(["dashfleet-agent", "dashfleet-operator"]);
    for (const { definition } of world.appOptions.routes) {
      if (definition.access.by === "public") continue;
      const path = definition.path.replace("{id}", "0190f8c2-0000-7000-8000-000000000000");
      const answer = await world.ask(definition.method.toUpperCase(), path, { bearer: both });
      expect([path, answer.status]).toEqual([path, 401]);
    }
  });

  test("reads the credential from the bearer, else the token of the body, else the cookie", async () => {
    const body = { machine_id: "vm", token: tenant.agent };
    const ping = (how: object) => world.speak("POST", "/api/fleet/ping", how);
    expect((await ping({ body })).status).toBe(200);
    expect((await ping({ body: { ...body, token: "wrong" }, bearer: tenant.agent })).status).toBe(200);
    expect(await ping({ body, bearer: "wrong" })).toMatchObject(UNAUTHORIZED);
    const login = await world.speak("POST", "/api/login", { body: { api_key: tenant.operator } });
    const cookie = login.cookie?.split(";")[0] ?? "";
    expect((await world.speak("GET", "/api/fleet", { cookie })).status).toBe(200);
    expect(await world.speak("GET", "/api/fleet", { cookie, bearer: "wrong" })).toMatchObject(UNAUTHORIZED);
  });

  describe("signing in on DashFleet's pages", () => {
    const login = (api_key: unknown) => world.speak("POST", "/api/login", { body: { api_key } });
    const list = (cookie: string) => world.speak("GET", "/api/fleet", { cookie });

    test("sets a cookie for eight hours that scripts of the page cannot read", async () => {
      const { status, body, cookie } = await login(tenant.operator);
      expect([status, body]).toEqual([200, { ok: true, expires_in: 28_800 }]);
      expect(cookie).toMatch(/^dashfleet_sid=mo_[\w-]{43}; Max-Age=28800; Path=\/; HttpOnly; SameSite=Lax$/);
      expect(cookie).not.toContain(tenant.operator);
      const pair = cookie?.split(";")[0] ?? "";
      expect((await list(pair)).status).toBe(200);
      world.clock.advance(28_800_000);
      expect(await list(pair)).toMatchObject(UNAUTHORIZED);
    });

    test("is refused for agents' keys, for native keys and for invalid text", async () => {
      for (const key of [tenant.agent, tenant.key, "x", `mo_${"A".repeat(43)}`]) {
        expect(await login(key)).toMatchObject({ ...UNAUTHORIZED, cookie: null });
      }
      expect(await world.speak("POST", "/api/login", { body: {} })).toMatchObject({
        status: 400,
        body: { error: { api_key: ["Missing data for required field."] } },
      });
    });

    test("ends by signing out, and with its key", async () => {
      const first = (await login(tenant.operator)).cookie?.split(";")[0] ?? "";
      const second = (await login(tenant.operator)).cookie?.split(";")[0] ?? "";
      expect(await world.speak("POST", "/api/logout", { cookie: first })).toMatchObject(UNAUTHORIZED);
      const out = await world.speak("POST", "/api/logout", { cookie: first, origin: ORIGIN });
      expect([out.status, out.body]).toEqual([200, { ok: true }]);
      expect(out.cookie).toMatch(/^dashfleet_sid=; Max-Age=0/);
      expect(await list(first)).toMatchObject(UNAUTHORIZED);
      expect((await list(second)).status).toBe(200);
      await world.speak("POST", "/api/keys/revoke", {
        bearer: tenant.operator,
        body: { key: tenant.operator },
      });
      expect(await list(second)).toMatchObject(UNAUTHORIZED);
    });

    test("does not let another site's page act with the cookie", async () => {
      await world.speak("POST", "/api/fleet/report", { bearer: tenant.agent, body: originalReport() });
      const cookie = (await login(tenant.operator)).cookie?.split(";")[0] ?? "";
      const path = `/api/fleet/${tenant.orgId}:vm`;
      const forged = await world.speak("DELETE", path, { cookie, origin: "https://evil.example" });
      expect(forged).toMatchObject(UNAUTHORIZED);
      const [device] = await listMachines(world, tenant.orgId);
      expect(device?.summary.archivedAt).toBeNull();
      expect((await world.speak("DELETE", path, { cookie, origin: ORIGIN })).status).toBe(200);
    });
  });

  test("restricts an agent's key that was created for one machine to that machine", async () => {
    const own = await tenant.makeKey(["dashfleet-agent"], "server-01");
    const report = (machine: string) =>
      world.speak("POST", "/api/fleet/report", { bearer: own, body: originalReport(machine) });
    expect((await report("server-01")).status).toBe(200);
    expect(await report("server-02")).toMatchObject(UNAUTHORIZED);
    const pending = await world.speak("GET", "/api/actions/pending?machine_id=server-02", { bearer: own });
    expect(pending).toMatchObject(UNAUTHORIZED);
    const devices = await listMachines(world, tenant.orgId);
    expect(devices.map(({ machineId }) => machineId)).toEqual(["server-01"]);
  });

  test("does not let a key of the wire reach a natively enrolled device by any of its names", async () => {
    const device = await tenant.enrol({ machineId: "ab".repeat(16), hostname: "web-1" });
    const before = await world.ask("GET", `/api/v1/devices/${device.id}`, { bearer: tenant.key });
    const both = await tenant.makeKey(["dashfleet-agent", "dashfleet-operator"]);
    for (const name of [device.id, "ab".repeat(16)]) {
      const speak = (method: string, path: string, body?: object) =>
        world.speak(method, path, { bearer: both, body });
      const answers = [
        await speak("POST", "/api/fleet/report", originalReport(name)),
        await speak("POST", "/api/fleet/ping", { machine_id: name }),
        await speak("GET", `/api/actions/pending?machine_id=${name}`),
        await speak("POST", "/api/actions/queue", { machine_id: name, action_type: "restart" }),
        await speak("DELETE", `/api/fleet/${tenant.orgId}:${name}`),
        await speak("DELETE", `/api/fleet/${tenant.orgId}:${name}/purge`),
      ];
      for (const answer of answers) expect(answer).toMatchObject(UNAUTHORIZED);
    }
    expect((await world.speak("GET", "/api/fleet", { bearer: both })).body.count).toBe(0);
    expect(await world.ask("GET", `/api/v1/devices/${device.id}`, { bearer: tenant.key })).toEqual(before);
    expect((await world.ask("GET", "/api/v1/devices", { bearer: tenant.key })).body.items).toHaveLength(1);
  });

  describe("organizations and keys", () => {
    test("are shown for the key's own organization only, with masked keys", async () => {
      await makeDashfleetTenant(world);
      const { body } = await world.speak("GET", "/api/orgs", { bearer: tenant.operator });
      expect(body).toMatchObject({ count: 1, orgs: [{ org_id: tenant.orgId }] });
      expect(body.orgs[0].keys).toHaveLength(2);
      expect(body.orgs[0].keys[0]).toEqual({
        key_masked: expect.stringMatching(/^mk_[\w-]{3}\.\.\.$/),
        created_at: world.clock.now() / 1000,
        revoked: false,
      });
    });

    test("can be revoked within the own organization, permanently", async () => {
      const revoke = (body: object) =>
        world.speak("POST", "/api/keys/revoke", { bearer: tenant.operator, body });
      expect(await revoke({ key: tenant.agent, revoke: true })).toMatchObject({
        status: 200,
        body: { ok: true, revoked: true },
      });
      const ping = { bearer: tenant.agent, body: { machine_id: "vm" } };
      expect(await world.speak("POST", "/api/fleet/ping", ping)).toMatchObject(UNAUTHORIZED);
      expect((await revoke({ key: tenant.agent, revoke: false })).status).toBe(400);
      expect(await world.speak("POST", "/api/fleet/ping", ping)).toMatchObject(UNAUTHORIZED);
    });

    test("cannot be revoked if they belong to another organization or to native routes", async () => {
      const other = await makeDashfleetTenant(world);
      for (const key of [other.agent, tenant.key, "x"]) {
        const answer = await world.speak("POST", "/api/keys/revoke", {
          bearer: tenant.operator,
          body: { key },
        });
        expect([answer.status, answer.body]).toEqual([404, { error: "not found" }]);
      }
      const ping = await world.speak("POST", "/api/fleet/ping", {
        bearer: other.agent,
        body: { machine_id: "vm" },
      });
      expect(ping.status).toBe(200);
    });

    test("can be created elsewhere only by a signed-in owner of the server's first organization", async () => {
      const first = await world.identity.organizations.ensureFirst();
      const cookieOf = async (orgId: string, role: "owner" | "admin") => {
        const email = `${role}-${orgId}@example.org`;
        await world.identity.users.create(orgId, { name: role, email, role, password: PASSWORD }, shell);
        const login = await world.speak("POST", "/api/v1/auth/login", {
          origin: ORIGIN,
          body: { email, password: PASSWORD },
        });
        return login.cookie?.split(";")[0] ?? "";
      };
      const create = (cookie: string, name = "Harbour") =>
        world.speak("POST", "/api/orgs", { cookie, origin: ORIGIN, body: { name } });
      const owner = await cookieOf(first.id, "owner");
      const made = await create(owner);
      expect(made).toMatchObject({ status: 200, body: { name: "Harbour", role: "user" } });
      const listed = await world.speak("GET", "/api/orgs", { bearer: made.body.api_key });
      expect(listed.body.orgs[0]).toMatchObject({ org_id: made.body.org_id, name: "Harbour" });
      expect((await create(owner, " ab ")).body).toEqual({
        error: { name: ["Shorter than minimum length 3."] },
      });
      const count = (await world.identity.organizations.list()).length;
      expect(await create(await cookieOf(first.id, "admin"))).toMatchObject(NEEDS_OWNER);
      const elsewhere = await makeDashfleetTenant(world);
      expect(await create(await cookieOf(elsewhere.orgId, "owner"))).toMatchObject(NEEDS_OWNER);
      expect((await world.identity.organizations.list()).length).toBe(count + 1);
    });
  });

  test("describes the server's machine in the status, and the pages' constants in the config", async () => {
    const { body } = await world.speak("GET", "/api/status", { bearer: tenant.operator });
    expect(Object.keys(body).toSorted()).toEqual(
      [...Object.keys(originalReport().report), "alerts"].filter((name) => name !== "system").toSorted(),
    );
    expect(body.ram_percent).toBeGreaterThan(0);
    expect((await world.speak("GET", "/api/config")).body).toMatchObject({
      FLEET_TTL_SECONDS: 86_400,
      OFFLINE_THRESHOLD_SECONDS: 600,
      REFRESH_INTERVAL_MS: 5000,
    });
  });
});
