import type { Role, Scope } from "@muster/shared/contracts/identity.ts";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  type IdentityWorld,
  makeTenant,
  shell,
  startIdentity,
  type Tenant,
} from "../harness/identity-server.ts";
import { DIALECTS } from "../harness/test-store.ts";

const KEYS = "/api/v1/keys";
const DAY_MS = 86_400_000;

describe.each(DIALECTS)("API keys on %s", (dialect) => {
  let world: IdentityWorld;
  let tenant: Tenant;
  beforeAll(async () => {
    world = await startIdentity(dialect);
  });
  beforeEach(async () => {
    tenant = await makeTenant(world);
  });
  afterAll(() => world.remove());

  const make = async (by: Role, scopes: Scope[], validDays: number | null = 365) => {
    const { cookie } = tenant.users[by];
    const { body } = await world.ask("POST", KEYS, { cookie, body: { name: "Script", scopes, validDays } });
    return { id: body.key.id as string, secret: body.secret as string };
  };
  const use = (bearer: string, server: Pick<IdentityWorld, "ask"> = world) =>
    server.ask("GET", "/api/v1/organization", { bearer });

  test("are created by admins in a browser, shown once and stored as a hash", async () => {
    const body = { name: "Script", scopes: ["read", "read"] };
    const { cookie } = tenant.users.operator;
    expect((await world.ask("POST", KEYS, { cookie, body })).status).toBe(403);
    const made = await world.ask("POST", KEYS, { cookie: tenant.users.admin.cookie, body });
    expect(made.body.secret).toMatch(/^mk_[\w-]{43}$/);
    expect(made.body.key).toMatchObject({
      scopes: ["read"],
      prefix: made.body.secret.slice(0, 9),
      revokedAt: null,
    });
    const tables = [
      await world.store.read.selectFrom("api_keys").selectAll().execute(),
      await world.store.read.selectFrom("audit_entries").selectAll().execute(),
    ];
    expect(JSON.stringify(tables)).not.toContain(made.body.secret);
    const list = await world.ask("GET", KEYS, { cookie: tenant.users.admin.cookie });
    expect(list.body.items).toEqual([made.body.key]);
  });

  test("cannot create, list or revoke keys, or change users", async () => {
    const { id, secret } = await make("owner", ["read", "write", "act", "reboot"]);
    const tries = [
      await world.ask("GET", KEYS, { bearer: secret }),
      await world.ask("POST", KEYS, { bearer: secret, body: { name: "More", scopes: ["read"] } }),
      await world.ask("DELETE", `${KEYS}/${id}`, { bearer: secret }),
      await world.ask("PATCH", `/api/v1/users/${tenant.users.viewer.id}`, {
        bearer: secret,
        body: { role: "owner" },
      }),
      await world.ask("DELETE", `/api/v1/users/${tenant.users.viewer.id}`, { bearer: secret }),
      await world.ask("GET", "/api/v1/me", { bearer: secret }),
    ];
    expect(tries.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403, 403]);
  });

  test("are limited by their scopes and by their creator's current role", async () => {
    const rename = (bearer: string) =>
      world.ask("PATCH", "/api/v1/organization", { bearer, body: { name: "Renamed" } });
    const reader = await make("admin", ["read"]);
    const writer = await make("admin", ["write"]);
    expect([(await use(reader.secret)).status, (await rename(reader.secret)).status]).toEqual([200, 403]);
    expect([(await use(writer.secret)).status, (await rename(writer.secret)).status]).toEqual([403, 200]);
    const body = { role: "operator" };
    await world.ask("PATCH", `/api/v1/users/${tenant.users.admin.id}`, {
      cookie: tenant.users.owner.cookie,
      body,
    });
    expect((await rename(writer.secret)).status).toBe(403);
  });

  test("keep the role that they were created with if they come from the command line", async () => {
    const { secret } = await world.identity.apiKeys.create(
      tenant.orgId,
      { name: "Script", scopes: ["read", "write"], validDays: null },
      { fixedRole: "operator", actor: shell.actor, requestId: null },
    );
    expect((await use(secret)).status).toBe(200);
    const tokens = await world.ask("POST", "/api/v1/enrolment-tokens", { bearer: secret, body: {} });
    expect(tokens.status).toBe(201);
    expect((await world.ask("GET", "/api/v1/audit", { bearer: secret })).status).toBe(403);
  });

  test("are created for metrics by server administrators only, and end with that right", async () => {
    const body = { name: "Prometheus", scopes: ["metrics", "read"] };
    const { owner } = tenant.users;
    const create = () => world.ask("POST", KEYS, { cookie: owner.cookie, body });
    const refused = await create();
    expect([refused.status, refused.body.error.message]).toEqual([
      403,
      expect.stringContaining("server administrator"),
    ]);
    await world.identity.serverAdmins.set(owner.email, true, shell.actor);
    const { secret } = (await create()).body;
    const scopes = async () => {
      world.clock.advance(500);
      const caller = await world.identity.authenticate({
        bearer: secret,
        session: null,
        organizationId: null,
      });
      return caller.kind === "api-key" && caller.scopes;
    };
    expect(await scopes()).toEqual(["metrics", "read"]);
    expect((await world.ask("GET", "/api/v1/me", { cookie: owner.cookie })).body.isServerAdmin).toBe(true);
    await world.identity.serverAdmins.set(owner.email, false, shell.actor);
    expect(await scopes()).toEqual(["read"]);
  });

  test("keep metrics if they come from the command line, because its user operates the server", async () => {
    const { secret } = await world.identity.apiKeys.create(
      tenant.orgId,
      { name: "Prometheus", scopes: ["metrics"], validDays: null },
      { fixedRole: "operator", actor: shell.actor, requestId: null },
    );
    const credentials = { bearer: secret, session: null, organizationId: null };
    expect(await world.identity.authenticate(credentials)).toMatchObject({ scopes: ["metrics"] });
  });

  test("expire", async () => {
    const { secret } = await make("admin", ["read"], 1);
    world.clock.advance(DAY_MS - 1);
    expect((await use(secret)).status).toBe(200);
    world.clock.advance(1);
    expect((await use(secret)).status).toBe(401);
  });

  test("are refused by another server within half a second of their revocation, though no hint reaches it", async () => {
    const other = await world.addServer();
    const { id, secret } = await make("admin", ["read"]);
    expect((await use(secret, other)).status).toBe(200);
    const revoked = await world.ask("DELETE", `${KEYS}/${id}`, { cookie: tenant.users.admin.cookie });
    expect(revoked.status).toBe(204);
    expect((await use(secret)).status).toBe(401);
    world.clock.advance(500);
    expect((await use(secret, other)).status).toBe(401);
  });

  test("inform open streams of a revocation elsewhere, without a request and without a hint", async () => {
    const other = await world.addServer();
    const { id } = await make("admin", ["read"]);
    await other.runJobs();
    let lost = 0;
    other.identity.onRightsLost(() => {
      lost += 1;
    });
    world.clock.advance(500);
    await other.runJobs();
    expect(lost).toBe(0);
    await world.ask("DELETE", `${KEYS}/${id}`, { cookie: tenant.users.admin.cookie });
    world.clock.advance(500);
    await other.runJobs();
    expect(lost).toBe(1);
  });

  test("are checked once, not at each request, while nothing is revoked", async () => {
    const { secret } = await make("admin", ["read"]);
    await use(secret);
    await world.store.transaction((tx) => tx.deleteFrom("api_keys").execute());
    expect((await use(secret)).status).toBe(200);
  });

  test("of another organization cannot be seen or revoked", async () => {
    const { id, secret } = await make("admin", ["read"]);
    const foreign = await makeTenant(world);
    const { cookie } = foreign.users.owner;
    expect((await world.ask("DELETE", `${KEYS}/${id}`, { cookie })).status).toBe(404);
    expect((await world.ask("GET", KEYS, { cookie })).body.items).toEqual([]);
    expect((await use(secret)).status).toBe(200);
    const organization = await world.ask("GET", "/api/v1/organization", {
      bearer: secret,
      organization: foreign.orgId,
    });
    expect(organization.body.id).toBe(tenant.orgId);
  });

  test("show when they were last used, written once a minute", async () => {
    const { secret } = await make("admin", ["read"]);
    await use(secret);
    const lastUse = async () =>
      (await world.identity.apiKeys.list(tenant.orgId, { limit: 1 })).items[0]?.lastUsedAt;
    expect(await lastUse()).toBeNull();
    const usedAt = new Date(world.clock.now()).toISOString();
    world.clock.advance(60_000);
    await world.runJobs();
    expect(await lastUse()).toBe(usedAt);
  });

  test.each([
    "mk_",
    `mk_${"A".repeat(43)}`,
    `md_${"A".repeat(43)}`,
    `mc_${"A".repeat(43)}`,
    "x",
    "mk_' or 1=1 --",
  ])("are refused if they are invalid: %s", async (bearer) => {
    expect((await use(bearer)).status).toBe(401);
  });
});
