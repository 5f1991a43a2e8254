import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  countStatuses,
  type IdentityWorld,
  makeTenant,
  PASSWORD,
  startIdentity,
  type Tenant,
} from "../harness/identity-server.ts";
import { DIALECTS } from "../harness/test-store.ts";

const HOUR_MS = 3_600_000;
const LOGIN = "/api/v1/auth/login";

describe.each(DIALECTS)("signing in on %s", (dialect) => {
  let world: IdentityWorld;
  let tenant: Tenant;
  beforeAll(async () => {
    world = await startIdentity(dialect);
  });
  afterAll(() => world.remove());
  const fresh = async () => {
    tenant = await makeTenant(world);
    return tenant.users;
  };
  const me = (cookie: string | null, organization?: string) =>
    world.ask("GET", "/api/v1/me", { cookie, ...(organization !== undefined && { organization }) });

  test("returns the user, with a cookie that scripts and other sites cannot use", async () => {
    const { admin } = await fresh();
    const answer = await world.ask("POST", LOGIN, {
      body: { email: ` ${admin.email.toUpperCase()} `, password: PASSWORD },
    });
    expect(answer.body).toMatchObject({
      user: { id: admin.id, email: admin.email },
      role: "admin",
      organization: { id: tenant.orgId },
      memberships: [{ organizationId: tenant.orgId, role: "admin" }],
    });
    expect(answer.headers.getSetCookie()).toEqual([
      expect.stringMatching(
        /^muster_session=mc_[\w-]{43}; Max-Age=604800; Path=\/; HttpOnly; SameSite=Strict$/,
      ),
      expect.stringMatching(
        /^muster_browser=mb_[\w-]{43}; Max-Age=7776000; Path=\/api\/v1\/auth; HttpOnly; SameSite=Strict$/,
      ),
    ]);
  });

  test("gives the same answer for a wrong password, an unknown address and an invalid one", async () => {
    const { viewer } = await fresh();
    const tries = [
      { email: viewer.email, password: "not it at all" },
      { email: "nobody@tenant.example", password: PASSWORD },
      { email: "no address \u202e'; drop table users; --", password: PASSWORD },
    ];
    for (const body of tries) {
      const answer = await world.ask("POST", LOGIN, { body, address: "192.0.2.1" });
      expect(answer.status).toBe(401);
      expect(answer.body.error).toMatchObject({
        code: "unauthenticated",
        message: "The e-mail address or the password is wrong.",
      });
      expect(answer.cookie).toBeNull();
    }
  });

  test("ends the browser's earlier session", async () => {
    const { viewer } = await fresh();
    const again = await world.ask("POST", LOGIN, {
      body: { email: viewer.email, password: PASSWORD },
      cookie: viewer.cookie,
    });
    world.clock.advance(500);
    expect((await me(viewer.cookie)).status).toBe(401);
    expect((await me(again.cookie)).status).toBe(200);
  });

  test("ends the session at sign-out", async () => {
    const { viewer } = await fresh();
    expect((await world.ask("POST", "/api/v1/auth/logout", { cookie: viewer.cookie })).status).toBe(204);
    expect((await me(viewer.cookie)).status).toBe(401);
  });

  test("ends the session after twelve hours without use", async () => {
    const { viewer } = await fresh();
    world.clock.advance(12 * HOUR_MS - 1);
    expect((await me(viewer.cookie)).status).toBe(200);
    await world.runJobs();
    world.clock.advance(12 * HOUR_MS - 1);
    expect((await me(viewer.cookie)).status).toBe(200);
    world.clock.advance(12 * HOUR_MS);
    expect((await me(viewer.cookie)).status).toBe(401);
  });

  test("is not extended by an open stream, which ends with the session", async () => {
    const { viewer } = await fresh();
    const session = viewer.cookie.replace("muster_session=", "");
    const recheck = () =>
      world.identity.authenticate({ bearer: null, session, organizationId: null, isRecheck: true });
    world.clock.advance(12 * HOUR_MS - 1);
    expect(await recheck()).toMatchObject({ kind: "user", expiresAt: world.clock.now() + 1 });
    world.clock.advance(1);
    await expect(recheck()).rejects.toThrow("The session has ended");
  });

  test("allows twenty sessions at most: another sign-in ends the oldest", async () => {
    const { viewer } = await fresh();
    const cookies: (string | null)[] = [viewer.cookie];
    for (let count = 0; count < 21; count += 1) {
      world.clock.advance(1_000);
      const body = { email: viewer.email, password: PASSWORD };
      cookies.push((await world.ask("POST", LOGIN, { body })).cookie);
    }
    world.clock.advance(500);
    const statuses: number[] = [];
    for (const cookie of cookies) statuses.push((await me(cookie)).status);
    expect(statuses).toEqual([401, 401, ...Array.from({ length: 20 }, () => 200)]);
  });

  test("ends the session seven days after it began, however much it is used, and removes it", async () => {
    const { viewer } = await fresh();
    for (let quarterDays = 1; quarterDays < 28; quarterDays += 1) {
      world.clock.advance(6 * HOUR_MS);
      expect((await me(viewer.cookie)).status).toBe(200);
      await world.runJobs();
    }
    world.clock.advance(6 * HOUR_MS);
    expect((await me(viewer.cookie)).status).toBe(401);
    await world.runJobs();
    const left = world.store.read.selectFrom("sessions").selectAll().where("user_id", "=", viewer.id);
    expect(await left.execute()).toEqual([]);
  });

  test("selects an organization of the user, and no other", async () => {
    const { viewer } = await fresh();
    const foreign = await makeTenant(world);
    expect((await me(viewer.cookie, tenant.orgId)).status).toBe(200);
    const refused = [
      await me(viewer.cookie, foreign.orgId),
      await me(viewer.cookie, "0190a000-0000-7000-8000-000000000000"),
    ];
    expect(refused.map(({ status }) => status)).toEqual([403, 403]);
    expect(refused[0]?.body.error.message).toBe(refused[1]?.body.error.message);
    expect((await me(viewer.cookie, "' or 1=1")).status).toBe(400);
  });

  test("ends a user's other sessions when they change their password, on every server", async () => {
    const { owner } = await fresh();
    const other = await world.addServer();
    const second = await world.ask("POST", LOGIN, { body: { email: owner.email, password: PASSWORD } });
    expect((await other.ask("GET", "/api/v1/me", { cookie: second.cookie })).status).toBe(200);
    const change = { current: PASSWORD, next: "orbit-kettle-mango" };
    const changed = await world.ask("POST", "/api/v1/me/password", { cookie: owner.cookie, body: change });
    expect(changed.status).toBe(204);
    world.clock.advance(500);
    expect((await me(owner.cookie)).status).toBe(200);
    expect((await me(second.cookie)).status).toBe(401);
    expect((await other.ask("GET", "/api/v1/me", { cookie: second.cookie })).status).toBe(401);
    const sign = (password: string) =>
      world.ask("POST", LOGIN, { body: { email: owner.email, password }, address: "192.0.2.9" });
    expect((await sign(PASSWORD)).status).toBe(401);
    expect((await sign(change.next)).status).toBe(200);
  });

  test("refuses a password change with a wrong current password, or with a common new one", async () => {
    const { viewer } = await fresh();
    const change = (body: unknown) =>
      world.ask("POST", "/api/v1/me/password", { cookie: viewer.cookie, body });
    const wrong = await change({ current: "not it at all", next: "orbit-kettle-mango" });
    expect([wrong.status, wrong.body.error.details[0].path]).toEqual([400, "current"]);
    const easy = await change({ current: PASSWORD, next: "Password-2026" });
    expect([easy.status, easy.body.error.details[0].path]).toEqual([400, "next"]);
    expect((await me(viewer.cookie)).status).toBe(200);
  });
});

describe.each(DIALECTS)("the throttle of sign-ins on %s", (dialect) => {
  let world: IdentityWorld;
  beforeAll(async () => {
    world = await startIdentity(dialect);
  });
  afterAll(() => world.remove());

  const sign = (
    email: string,
    password: string,
    address: string,
    server: Pick<IdentityWorld, "ask"> = world,
    cookie: string | null = null,
  ) => server.ask("POST", LOGIN, { body: { email, password }, address, cookie });
  const browserCookieOf = ({ headers }: { headers: Headers }) =>
    headers
      .getSetCookie()
      .find((cookie) => cookie.startsWith("muster_browser"))
      ?.split(";")[0] ?? null;

  test("increases the wait each time, counted over both servers", async () => {
    const { viewer } = (await makeTenant(world)).users;
    const other = await world.addServer();
    for (const server of [world, other, world, other, world]) {
      expect((await sign(viewer.email, "wrong-wrong", "192.0.2.10", server)).status).toBe(401);
    }
    const waits: number[] = [];
    for (let round = 0; round < 4; round += 1) {
      const blocked = await sign(viewer.email, PASSWORD, "192.0.2.10", other);
      expect(blocked.status).toBe(429);
      waits.push(Number(blocked.headers.get("retry-after")));
      world.clock.advance((waits.at(-1) ?? 0) * 1000);
      expect((await sign(viewer.email, "wrong-wrong", "192.0.2.10")).status).toBe(401);
    }
    expect(waits).toEqual([1, 2, 4, 8]);
  });

  test("allows no more simultaneous attempts than consecutive ones", async () => {
    const { viewer } = (await makeTenant(world)).users;
    const neighbour = await world.addNeighbour();
    const tries = Array.from({ length: 20 }, (_, index) =>
      sign(viewer.email, "wrong-wrong", "192.0.2.20", index % 2 === 0 ? world : neighbour),
    );
    expect(countStatuses(await Promise.all(tries))).toEqual({ 401: 5, 429: 15 });
  });

  test("resets the failures of a user who then enters the right password", async () => {
    const { viewer } = (await makeTenant(world)).users;
    for (let round = 0; round < 3; round += 1) {
      for (let failure = 0; failure < 4; failure += 1) await sign(viewer.email, "wrong-wrong", "192.0.2.30");
      expect((await sign(viewer.email, PASSWORD, "192.0.2.30")).status).toBe(200);
    }
  });

  test("does not let attempts from many addresses lock out a known browser", async () => {
    const { owner } = (await makeTenant(world)).users;
    const browser = browserCookieOf(await sign(owner.email, PASSWORD, "192.0.2.40"));
    for (let stranger = 0; stranger < 60; stranger += 1) {
      await sign(owner.email, "wrong-wrong", `198.51.100.${stranger}`);
    }
    expect((await sign(owner.email, "mistyped-once", "192.0.2.40", world, browser)).status).toBe(401);
    expect((await sign(owner.email, PASSWORD, "192.0.2.40", world, browser)).status).toBe(200);
    expect((await sign(owner.email, PASSWORD, "203.0.113.77")).status).toBe(200);
    // Under attack an address has one attempt before it waits half a minute.
    expect((await sign(owner.email, "wrong-wrong", "203.0.113.78")).status).toBe(401);
    const blocked = await sign(owner.email, "wrong-wrong", "203.0.113.78");
    expect([blocked.status, blocked.headers.get("retry-after")]).toEqual([429, "30"]);
  });

  test("delays an address that tries one account after another, but not a known browser there", async () => {
    const { owner } = (await makeTenant(world)).users;
    const browser = browserCookieOf(await sign(owner.email, PASSWORD, "2001:db8::1"));
    const answers = [];
    for (let index = 0; index < 35; index += 1) {
      answers.push(await sign(`guess-${index}@nowhere.example`, PASSWORD, `2001:db8::${index + 2}`));
    }
    expect(countStatuses(answers)).toEqual({ 401: 30, 429: 5 });
    expect((await sign(owner.email, PASSWORD, "2001:db8::99", world, browser)).status).toBe(200);
    expect((await sign(owner.email, PASSWORD, "2001:db8::99")).status).toBe(429);
    expect((await sign("guess-99@nowhere.example", PASSWORD, "2001:db8::98")).status).toBe(429);
  });

  test("stores no e-mail address and is emptied when it is old", async () => {
    await sign("secret-name@nowhere.example", PASSWORD, "192.0.2.50");
    const rows = () => world.store.read.selectFrom("login_throttles").selectAll().execute();
    expect(JSON.stringify(await rows())).not.toContain("secret-name");
    world.clock.advance(3 * HOUR_MS);
    await world.runJobs();
    expect(await rows()).toEqual([]);
  });
});
