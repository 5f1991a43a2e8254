import { sql } from "kysely";
import { auditSearch } from "../../server/src/identity/audit/audit-search.ts";
import { wholeOrganization } from "../../server/src/platform/tenant.ts";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  type IdentityWorld,
  makeTenant,
  PASSWORD,
  shell,
  startIdentity,
  type Tenant,
} from "../harness/identity-server.ts";
import { DIALECTS } from "../harness/test-store.ts";

const AUDIT = "/api/v1/audit";

describe.each(DIALECTS)("the audit log on %s", (dialect) => {
  let world: IdentityWorld;
  let tenant: Tenant;
  beforeAll(async () => {
    world = await startIdentity(dialect);
  });
  beforeEach(async () => {
    tenant = await makeTenant(world);
  });
  afterAll(() => world.remove());

  const read = async (query = "", cookie = tenant.users.admin.cookie) =>
    (await world.ask("GET", `${AUDIT}${query}`, { cookie })).body.items as { action: string; id: string }[];
  const write = (orgId: string, name: string) =>
    world.store.transaction((tx) =>
      world.identity.audit.record(tx, {
        orgId,
        actor: shell.actor,
        action: "organization.changed",
        subject: { type: "test", id: "1", name },
        details: {},
        requestId: null,
      }),
    );

  const statements: [string, ReturnType<typeof sql>[]][] = [
    ["an update", [sql`update audit_entries set actor_name = 'nobody'`]],
    ["a deletion", [sql`delete from audit_entries`]],
    dialect === "postgres"
      ? ["a truncation", [sql`truncate audit_entries`, sql`truncate organizations cascade`]]
      : ["a replacement", [sql`insert or replace into audit_entries select * from audit_entries`]],
  ];
  test.each(statements)("refuses %s", async (_, changes) => {
    const rows = () => world.store.read.selectFrom("audit_entries").selectAll().orderBy("id").execute();
    const before = await rows();
    for (const change of changes) {
      await expect(world.store.transaction((tx) => change.execute(tx))).rejects.toThrow("append-only");
    }
    expect(before.length).toBeGreaterThan(0);
    expect(await rows()).toEqual(before);
  });

  test("has an entry for each change, with the user, the change and the request", async () => {
    const { owner, viewer, operator } = tenant.users;
    const { cookie } = owner;
    world.clock.advance(1);
    await world.ask("PATCH", "/api/v1/organization", { cookie, body: { offlineAfterS: 900 } });
    await world.ask("PATCH", `/api/v1/users/${viewer.id}`, { cookie, body: { role: "operator" } });
    await world.ask("DELETE", `/api/v1/users/${operator.id}`, { cookie });
    const key = await world.ask("POST", "/api/v1/keys", { cookie, body: { name: "K", scopes: ["read"] } });
    await world.ask("DELETE", `/api/v1/keys/${key.body.key.id}`, { cookie });
    const token = await world.ask("POST", "/api/v1/enrolment-tokens", { cookie, body: {} });
    await world.ask("DELETE", `/api/v1/enrolment-tokens/${token.body.token.id}`, { cookie });
    const next = "orbit-kettle-mango";
    await world.ask("POST", "/api/v1/me/password", { cookie, body: { current: PASSWORD, next } });
    const last = await world.ask("POST", "/api/v1/auth/logout", { cookie });
    const { items } = await world.identity.audit.list(tenant, { limit: 9 });
    expect(items.map(({ action }) => action).toSorted()).toEqual([
      "api-key.created",
      "api-key.revoked",
      "enrolment-token.created",
      "enrolment-token.revoked",
      "organization.changed",
      "user.changed",
      "user.password-changed",
      "user.removed",
      "user.signed-out",
    ]);
    expect(items.every(({ actor }) => actor.type === "user" && actor.id === owner.id)).toBe(true);
    const signedOut = items.find(({ action }) => action === "user.signed-out");
    expect(signedOut?.requestId).toBe(last.headers.get("x-request-id"));
    expect(JSON.stringify(items)).not.toMatch(new RegExp(`${next}|${PASSWORD}|m[a-z]_[\\w-]{43}`));
  });

  test("has no entry for a change that was rolled back", async () => {
    const before = await read("?limit=200");
    const failing = world.store.transaction(async (tx) => {
      await world.identity.audit.record(tx, {
        orgId: tenant.orgId,
        actor: shell.actor,
        action: "organization.changed",
        subject: { type: "test", id: "1", name: "" },
        requestId: null,
      });
      throw new Error("taken back");
    });
    await expect(failing).rejects.toThrow("taken back");
    expect(await read("?limit=200")).toEqual(before);
  });

  test("is read in pages, newest first, each entry once, also while more are written", async () => {
    for (let index = 0; index < 7; index += 1) {
      world.clock.advance(1);
      await write(tenant.orgId, `entry ${index}`);
    }
    const first = await world.identity.audit.list(tenant, { limit: 5 });
    world.clock.advance(1);
    await write(tenant.orgId, "written in between");
    const second = await world.identity.audit.list(tenant, {
      limit: 200,
      cursor: first.nextCursor ?? "",
    });
    const all = await world.identity.audit.list(tenant, { limit: 200 });
    expect([...first.items, ...second.items]).toEqual(all.items.slice(1));
    expect(first.items[0]?.subject.name).toBe("entry 6");
    expect(second.nextCursor).toBeNull();
  });

  test("finds text literally, ignoring case", async () => {
    for (const name of ["Zürich 100% sure", "Zürich 100 sure", "under_score", "underXscore", "back\\slash"]) {
      await write(tenant.orgId, name);
    }
    const found = async (search: string) => (await read(`?search=${encodeURIComponent(search)}`)).length;
    expect(await found("zÜRICH")).toBe(2);
    expect(await found("100%")).toBe(1);
    expect(await found("under_score")).toBe(1);
    expect(await found("k\\s")).toBe(1);
    expect(await found("'; drop table audit_entries; --")).toBe(0);
  });

  test("is filtered by event, by who made the change, by device and by time", async () => {
    const { owner, viewer } = tenant.users;
    const { cookie } = owner;
    world.clock.advance(1_000);
    const since = new Date(world.clock.now()).toISOString();
    await world.ask("PATCH", "/api/v1/organization", { cookie, body: { offlineAfterS: 900 } });
    const until = new Date(world.clock.now() + 1).toISOString();
    world.clock.advance(1_000);
    await world.ask("PATCH", `/api/v1/users/${viewer.id}`, { cookie, body: { name: "Vera" } });
    const actions = async (query: string) => (await read(query)).map(({ action }) => action);
    expect(await actions(`?since=${since}`)).toEqual(["user.changed", "organization.changed"]);
    expect(await actions(`?since=${since}&until=${until}`)).toEqual(["organization.changed"]);
    expect(await actions(`?since=${since}&action=user.changed,user.removed`)).toEqual(["user.changed"]);
    expect(await actions(`?since=${since}&actorId=${owner.id}&search=VERA`)).toEqual(["user.changed"]);
    expect(await actions(`?since=${since}&actorId=${viewer.id}`)).toEqual([]);
    expect(await actions(`?since=${since}&deviceId=${viewer.id}`)).toEqual(["user.changed"]);
    const bad = await world.ask("GET", `${AUDIT}?action=user.vanished`, { cookie });
    expect([bad.status, bad.body.error.details[0].path]).toEqual([400, "action.0"]);
  });

  test("has the values before and after a change, and nothing that stayed", async () => {
    const { owner, viewer } = tenant.users;
    const { cookie } = owner;
    world.clock.advance(1);
    await world.ask("PATCH", "/api/v1/organization", { cookie, body: { offlineAfterS: 900 } });
    world.clock.advance(1);
    await world.ask("PATCH", "/api/v1/organization", {
      cookie,
      body: { offlineAfterS: 900, reportIntervalS: 60 },
    });
    world.clock.advance(1);
    await world.ask("PATCH", `/api/v1/users/${viewer.id}`, { cookie, body: { role: "operator" } });
    const { items } = await world.identity.audit.list(wholeOrganization(tenant.orgId), { limit: 2 });
    expect(items.map(({ details }) => details)).toEqual([
      { changes: { role: { from: "viewer", to: "operator" } } },
      { changes: { reportIntervalS: { from: 30, to: 60 } } },
    ]);
  });

  test("is for admins and owners of its organization only", async () => {
    const foreign = await makeTenant(world);
    await write(foreign.orgId, "foreign secret");
    expect(JSON.stringify(await read("?limit=200"))).not.toContain("foreign secret");
    const statuses = [];
    for (const role of ["viewer", "operator", "admin", "owner"] as const) {
      statuses.push((await world.ask("GET", AUDIT, { cookie: tenant.users[role].cookie })).status);
    }
    expect(statuses).toEqual([403, 403, 200, 200]);
  });

  test("does not accept an invented cursor, or text that cannot be stored", async () => {
    const { cookie } = tenant.users.admin;
    const bad = await world.ask("GET", `${AUDIT}?cursor=1'--`, { cookie });
    expect([bad.status, bad.body.error.details[0].path]).toEqual([400, "cursor"]);
    expect((await world.ask("GET", `${AUDIT}?search=%00`, { cookie })).status).toBe(400);
    expect((await world.ask("GET", `${AUDIT}?limit=0`, { cookie })).status).toBe(400);
    world.clock.advance(1);
    const foreign = await makeTenant(world);
    const [entry] = await read("?limit=1", foreign.users.admin.cookie);
    expect(await read(`?cursor=${entry?.id}&limit=200`)).toEqual(await read("?limit=200"));
  });

  test("is searched completely without delaying others", async () => {
    await write(tenant.orgId, "the needle");
    const row = await world.store.read
      .selectFrom("audit_entries")
      .selectAll()
      .where("org_id", "=", tenant.orgId)
      .where("subject_name", "=", "the needle")
      .executeTakeFirstOrThrow();
    const hay = Array.from({ length: 6_000 }, (_, index) => ({
      ...row,
      id: `ffffffff-ffff-7fff-8fff-${tenant.orgId.slice(-6)}${String(index).padStart(6, "0")}`,
      search_text: "hay",
    }));
    await world.store.transaction(async (tx) => {
      for (let at = 0; at < hay.length; at += 500) {
        await tx
          .insertInto("audit_entries")
          .values(hay.slice(at, at + 500))
          .execute();
      }
    });
    let turns = 0;
    const search = auditSearch.open(world.store);
    const turn = { pause: async () => void (turns += 1), hasTime: () => true };
    const page = await search({ tenant, query: { limit: 50, search: "NEEDLE" } }, turn);
    expect(page).toMatchObject({ items: [{ id: row.id }], nextCursor: null });
    expect(turns).toBe(3);
  });
});
