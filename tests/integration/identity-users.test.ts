import { Role } from "@muster/shared/contracts/identity.ts";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  countStatuses,
  type IdentityWorld,
  makeTenant,
  PASSWORD,
  shell,
  startIdentity,
  type Tenant,
} from "../harness/identity-server.ts";
import { DIALECTS } from "../harness/test-store.ts";

const USERS = "/api/v1/users";

describe.each(DIALECTS)("users on %s", (dialect) => {
  let world: IdentityWorld;
  let tenant: Tenant;
  let people: Tenant["users"];
  let count = 0;
  beforeAll(async () => {
    world = await startIdentity(dialect);
  });
  beforeEach(async () => {
    tenant = await makeTenant(world);
    people = tenant.users;
  });
  afterAll(() => world.remove());

  const wanted = (role: Role, name = "New Person") => {
    count += 1;
    return { name, email: `new-${count}@people.example`, role, password: PASSWORD };
  };
  const add = (by: Role, body: unknown) => world.ask("POST", USERS, { cookie: people[by].cookie, body });
  const change = (by: Role, id: string, body: unknown) =>
    world.ask("PATCH", `${USERS}/${id}`, { cookie: people[by].cookie, body });
  const remove = (by: Role, id: string) =>
    world.ask("DELETE", `${USERS}/${id}`, { cookie: people[by].cookie });
  const members = async () => (await world.identity.users.list(tenant.orgId, { limit: 200 })).items;

  test("may be added by admins and owners, and owners by owners only", async () => {
    const matrix: Record<string, number[]> = {};
    for (const by of Role.options) {
      const answers = [];
      for (const role of Role.options) answers.push((await add(by, wanted(role))).status);
      matrix[by] = answers;
    }
    expect(matrix).toEqual({
      viewer: [403, 403, 403, 403],
      operator: [403, 403, 403, 403],
      admin: [201, 201, 201, 403],
      owner: [201, 201, 201, 201],
    });
  });

  test("may be listed by admins and owners only, a page at a time, each once", async () => {
    expect((await world.ask("GET", USERS, { cookie: people.operator.cookie })).status).toBe(403);
    const seen: string[] = [];
    let cursor: string | null = "";
    for (let page = 0; page < 10 && cursor !== null; page += 1) {
      const query: string = cursor === "" ? "" : `&cursor=${cursor}`;
      const { body } = await world.ask("GET", `${USERS}?limit=3${query}`, { cookie: people.admin.cookie });
      seen.push(...body.items.map(({ id }: { id: string }) => id));
      cursor = body.nextCursor;
    }
    expect(seen.toSorted()).toEqual(
      Object.values(people)
        .map(({ id }) => id)
        .toSorted(),
    );
  });

  test("cannot be changed or removed by lower roles, and owners by owners only", async () => {
    expect((await change("operator", people.viewer.id, { role: "operator" })).status).toBe(403);
    expect((await change("admin", people.owner.id, { role: "viewer" })).status).toBe(403);
    expect((await change("admin", people.owner.id, { name: "Renamed" })).status).toBe(403);
    expect((await remove("admin", people.owner.id)).status).toBe(403);
    expect((await change("admin", people.viewer.id, { role: "owner" })).status).toBe(403);
    expect(
      (await change("admin", people.viewer.id, { role: "operator", name: "Renamed" })).body,
    ).toMatchObject({
      name: "Renamed",
      role: "operator",
    });
  });

  test("cannot raise their own role", async () => {
    expect((await change("admin", people.admin.id, { role: "owner" })).status).toBe(403);
    expect((await members()).find(({ id }) => id === people.admin.id)?.role).toBe("admin");
  });

  test("always keep one owner", async () => {
    expect((await change("owner", people.owner.id, { role: "admin" })).status).toBe(409);
    expect((await remove("owner", people.owner.id)).status).toBe(409);
    await change("owner", people.admin.id, { role: "owner" });
    expect((await change("owner", people.owner.id, { role: "viewer" })).status).toBe(200);
  });

  test("keep one owner when two owners step down, or remove each other, at once", async () => {
    await change("owner", people.admin.id, { role: "owner" });
    const neighbour = await world.addNeighbour();
    const step = (server: Pick<IdentityWorld, "ask">, by: Role, id: string) =>
      server.ask("PATCH", `${USERS}/${id}`, { cookie: people[by].cookie, body: { role: "viewer" } });
    world.clock.advance(500);
    const down = await Promise.all([
      step(world, "owner", people.owner.id),
      step(neighbour, "admin", people.admin.id),
    ]);
    expect(countStatuses(down)).toEqual({ 200: 1, 409: 1 });
    expect((await members()).filter(({ role }) => role === "owner")).toHaveLength(1);
  });

  test("lose what a lower role may not do, on every server", async () => {
    const other = await world.addServer();
    const list = (server: Pick<IdentityWorld, "ask">) =>
      server.ask("GET", USERS, { cookie: people.admin.cookie });
    expect((await list(other)).status).toBe(200);
    await change("owner", people.admin.id, { role: "viewer" });
    expect((await list(world)).status).toBe(403);
    world.clock.advance(500);
    expect((await list(other)).status).toBe(403);
  });

  test("lose sessions, keys and account with their last membership", async () => {
    const { secret } = await world.identity.apiKeys.create(
      tenant.orgId,
      { name: "k", scopes: ["read"], validDays: null },
      { userId: people.operator.id, actor: shell.actor, requestId: null },
    );
    const organization = () => world.ask("GET", "/api/v1/organization", { bearer: secret });
    expect((await organization()).status).toBe(200);
    expect((await remove("admin", people.operator.id)).status).toBe(204);
    expect((await organization()).status).toBe(401);
    expect((await world.ask("GET", "/api/v1/me", { cookie: people.operator.cookie })).status).toBe(401);
    const again = { ...wanted("operator"), email: people.operator.email };
    expect((await add("admin", again)).status).toBe(201);
    expect((await organization()).status).toBe(401);
    expect((await remove("admin", people.operator.id)).status).toBe(404);
  });

  test("are not found, changed or removed by another organization's owner", async () => {
    const foreign = await makeTenant(world);
    const cookie = foreign.users.owner.cookie;
    const path = `${USERS}/${people.viewer.id}`;
    expect((await world.ask("PATCH", path, { cookie, body: { role: "admin" } })).status).toBe(404);
    expect((await world.ask("DELETE", path, { cookie })).status).toBe(404);
    const { body } = await world.ask("GET", USERS, { cookie });
    expect(JSON.stringify(body)).not.toContain(people.viewer.id);
    const asked = await world.ask("GET", USERS, { cookie, organization: tenant.orgId });
    expect(asked.status).toBe(403);
  });

  test("cannot be added from another organization, only by the server's operator", async () => {
    const foreign = await makeTenant(world);
    const body = { ...wanted("viewer"), email: foreign.users.viewer.email };
    expect((await add("owner", body)).status).toBe(201);
    const outside = await world.ask("GET", "/api/v1/me", {
      cookie: foreign.users.viewer.cookie,
      organization: tenant.orgId,
    });
    expect(outside.status).toBe(403);
    const { user: joined, hadAccount } = await world.identity.users.create(
      tenant.orgId,
      { ...body, role: "operator" },
      shell,
    );
    expect(joined).toMatchObject({ id: foreign.users.viewer.id, role: "operator" });
    expect(hadAccount).toBe(true);
    world.clock.advance(500);
    expect((await change("owner", joined.id, { name: "Renamed by us" })).status).toBe(409);
    const here = await world.ask("GET", "/api/v1/me", {
      cookie: foreign.users.viewer.cookie,
      organization: tenant.orgId,
    });
    expect([here.status, here.body.role]).toEqual([200, "operator"]);
    await remove("owner", joined.id);
    expect((await world.ask("GET", "/api/v1/me", { cookie: foreign.users.viewer.cookie })).status).toBe(200);
  });

  test("do not get their old keys back when they return", async () => {
    const foreign = await makeTenant(world);
    const wantedAgain = { ...wanted("admin"), email: foreign.users.viewer.email };
    const join = () => world.identity.users.create(tenant.orgId, wantedAgain, shell);
    const { user } = await join();
    const { secret } = await world.identity.apiKeys.create(
      tenant.orgId,
      { name: "k", scopes: ["read"], validDays: null },
      { userId: user.id, actor: shell.actor, requestId: null },
    );
    const organization = () => world.ask("GET", "/api/v1/organization", { bearer: secret });
    expect((await organization()).status).toBe(200);
    await remove("owner", user.id);
    expect((await join()).user.id).toBe(user.id);
    world.clock.advance(500);
    expect((await organization()).status).toBe(401);
  });

  test("keep names with markup, quotes and many scripts unchanged", async () => {
    for (const name of [
      "<script>alert(1)</script>",
      "'; drop table users; --",
      "Ünïcødé 🐙 العربية",
      "%_\\\\",
    ]) {
      const { status, body } = await add("owner", wanted("viewer", name));
      expect([status, body.name]).toEqual([201, name]);
    }
  });

  test.each([
    ["a control character", { name: "bell\u0007" }],
    ["NUL", { name: "nul\u0000" }],
    ["a text that runs from right to left", { name: "\u202etxt.exe" }],
    ["an invisible character", { name: "Ada\u200b" }],
    ["half a surrogate pair", { name: "half\ud800" }],
    ["ten thousand letters", { name: "n".repeat(10_000) }],
    ["an address that is none", { email: "not an address" }],
    ["an unknown role", { role: "root" }],
    ["a short password", { password: "short" }],
    ["an unknown field", { isAdmin: true }],
  ])("are refused with %s", async (_, part) => {
    const before = await members();
    const answer = await add("owner", { ...wanted("viewer"), ...part });
    expect(answer.status).toBe(400);
    expect(answer.body.error.details.length).toBeGreaterThan(0);
    expect(await members()).toEqual(before);
  });

  test("cannot be distinguished from users who have an account elsewhere, until those accept", async () => {
    const foreign = await makeTenant(world);
    const { viewer } = foreign.users;
    const invite = { name: "Wanted", role: "operator", password: PASSWORD };
    const fresh = await add("owner", { ...invite, email: "unknown@people.example" });
    const known = await add("owner", { ...invite, email: viewer.email });
    const shapeOf = ({ body }: { body: Record<string, unknown> }) => ({ ...body, id: "", email: "" });
    expect(shapeOf(known)).toEqual(shapeOf(fresh));
    expect(known.body.id.slice(0, 8)).toBe(fresh.body.id.slice(0, 8));
    expect((await members()).map(({ id }) => id)).toEqual(
      expect.arrayContaining([known.body.id, fresh.body.id]),
    );
    const again = [
      await add("owner", { ...invite, email: viewer.email }),
      await add("owner", { ...invite, email: "unknown@people.example" }),
    ];
    expect(again.map(({ status }) => status)).toEqual([409, 409]);
    expect(again[0]?.body.error.message).toBe(again[1]?.body.error.message);
    const renamed = [
      await change("owner", known.body.id, { name: "Renamed", role: "viewer" }),
      await change("owner", fresh.body.id, { name: "Renamed", role: "viewer" }),
    ];
    expect(shapeOf(renamed[0] ?? known)).toEqual(shapeOf(renamed[1] ?? fresh));
    const removed = [await remove("owner", known.body.id), await remove("owner", fresh.body.id)];
    expect(removed.map(({ status }) => status)).toEqual([204, 204]);
    const { body: audit } = await world.ask("GET", "/api/v1/audit?limit=8", {
      cookie: people.owner.cookie,
    });
    const entriesOf = (id: string) =>
      audit.items
        .filter(({ subject }: { subject: { id: string } }) => subject.id === id)
        .map(({ action, details }: { action: string; details: object }) => ({
          action,
          details: { ...details, email: "" },
        }));
    expect(entriesOf(known.body.id)).toHaveLength(3);
    expect(entriesOf(known.body.id)).toEqual(entriesOf(fresh.body.id));
  });

  test("join another organization when they accept its invitation, and not when they decline", async () => {
    const foreign = await makeTenant(world);
    const { viewer, operator } = foreign.users;
    const invite = async (email: string) => {
      const answer = await add("owner", { name: "Wanted", email, role: "operator", password: PASSWORD });
      return answer.body.id as string;
    };
    const me = (cookie: string, organization?: string) =>
      world.ask("GET", "/api/v1/me", { cookie, ...(organization !== undefined && { organization }) });
    const accepted = await invite(viewer.email);
    const declined = await invite(operator.email);
    expect((await me(viewer.cookie)).body.invitations).toEqual([
      { id: accepted, organizationName: expect.any(String), role: "operator" },
    ]);
    const path = (id: string, verb = "") => `/api/v1/me/invitations/${id}${verb}`;
    const foreignAnswer = await world.ask("POST", path(declined, "/accept"), { cookie: viewer.cookie });
    expect(foreignAnswer.status).toBe(404);
    const both = await Promise.all([
      world.ask("POST", path(accepted, "/accept"), { cookie: viewer.cookie }),
      world.ask("POST", path(accepted, "/accept"), { cookie: viewer.cookie }),
    ]);
    expect(countStatuses(both)).toEqual({ 204: 1, 404: 1 });
    expect((await world.ask("DELETE", path(declined), { cookie: operator.cookie })).status).toBe(204);
    world.clock.advance(500);
    expect((await me(viewer.cookie, tenant.orgId)).body).toMatchObject({ role: "operator", invitations: [] });
    expect((await me(operator.cookie, tenant.orgId)).status).toBe(403);
    const ids = (await members()).map(({ id }) => id);
    expect(ids).toContain(viewer.id);
    for (const gone of [accepted, declined, operator.id]) expect(ids).not.toContain(gone);
  });

  test("are created once when the same address is added twice at the same time", async () => {
    const body = wanted("viewer");
    const neighbour = await world.addNeighbour();
    const foreign = await makeTenant(world);
    const answers = await Promise.all([
      add("owner", body),
      neighbour.ask("POST", USERS, { cookie: foreign.users.owner.cookie, body }),
    ]);
    expect(countStatuses(answers)).toEqual({ 201: 2 });
    const accounts = world.store.read.selectFrom("users").selectAll().where("email", "=", body.email);
    expect(await accounts.execute()).toHaveLength(1);
  });
});
