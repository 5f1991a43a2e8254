import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createKnownBrowsers } from "../../server/src/identity/login/known-browsers.ts";
import { openShell, type TestShell } from "../harness/command-line.ts";
import {
  countStatuses,
  type IdentityServer,
  type IdentityWorld,
  makeTenant,
  PASSWORD,
  serveIdentity,
  startIdentity,
  type Tenant,
} from "../harness/identity-server.ts";
import { type ServerProcess, startServerProcess } from "../harness/server-process.ts";
import { makeTenant as makeServedTenant } from "./tenant.ts";

const LOGIN = "/api/v1/auth/login";
const DAY_MS = 86_400_000;

/** The promises of SECURITY.md about signing in; each has the test of the same name in this file. */
describe("sign-in stays available", () => {
  let world: IdentityWorld;
  let victim: Tenant;
  let attacker: Tenant;
  beforeAll(async () => {
    world = await startIdentity("sqlite", { isHashReal: true });
  });
  beforeEach(async () => {
    victim = await makeTenant(world);
    attacker = await makeTenant(world);
  });
  afterAll(() => world.remove());

  type How = { address?: string; cookie?: string | null; server?: IdentityServer };
  const sign = (email: string, password: string, { address, cookie = null, server = world }: How = {}) =>
    server.ask("POST", LOGIN, {
      body: { email, password },
      cookie,
      ...(address !== undefined && { address }),
    });
  const browserOf = ({ headers }: { headers: Headers }) =>
    headers
      .getSetCookie()
      .find((cookie) => cookie.startsWith("muster_browser"))
      ?.split(";")[0] ?? "";
  const knownBrowser = async (email: string, how: How = {}) => browserOf(await sign(email, PASSWORD, how));
  const auditOf = async ({ users }: Tenant) => {
    const { body } = await world.ask("GET", "/api/v1/audit?limit=100", { cookie: users.owner.cookie });
    return body.items as { action: string; details: object; subject: { id: string } }[];
  };

  test("does not fail for another tenant during a viewer's parallel password changes", async () => {
    const { viewer } = attacker.users;
    const sessions: string[] = [];
    for (let count = 0; count < 8; count += 1) {
      sessions.push((await sign(viewer.email, PASSWORD)).cookie ?? "");
    }
    const changes = Array.from({ length: 60 }, (_, index) =>
      world.ask("POST", "/api/v1/me/password", {
        cookie: sessions[index % sessions.length] ?? null,
        // A refused new password costs no hash, an allowed one costs two.
        body: { current: PASSWORD, next: index % 2 === 0 ? "Password-2026" : `orbit-kettle-mango-${index}` },
      }),
    );
    const signIns = [];
    for (let count = 0; count < 10; count += 1) {
      signIns.push(await sign(victim.users.owner.email, PASSWORD, { address: `192.0.2.${count}` }));
    }
    expect(countStatuses(signIns)).toEqual({ 200: 10 });
    const answers = countStatuses(await Promise.all(changes));
    expect(answers[400]).toBe(30);
    expect(answers[429]).toBeGreaterThan(0);
  });

  test("does not fail for another tenant while an admin creates users", async () => {
    const { admin } = attacker.users;
    const creations = Array.from({ length: 60 }, () =>
      world.ask("POST", "/api/v1/users", {
        cookie: admin.cookie,
        body: { name: "X", email: victim.users.viewer.email, role: "viewer", password: PASSWORD },
      }),
    );
    const signIns = [];
    for (let count = 0; count < 10; count += 1) {
      signIns.push(await sign(victim.users.owner.email, PASSWORD, { address: `192.0.2.${count}` }));
    }
    expect(countStatuses(signIns)).toEqual({ 200: 10 });
    await Promise.all(creations);
  });

  test("computes no hash for a refused request", async () => {
    const { admin } = attacker.users;
    const refusals = async () => [
      world.ask("POST", "/api/v1/me/password", {
        cookie: admin.cookie,
        body: { current: PASSWORD, next: "Password-2026" },
      }),
      world.ask("POST", "/api/v1/users", {
        cookie: admin.cookie,
        body: { name: "X", email: attacker.users.viewer.email, role: "viewer", password: PASSWORD },
      }),
      world.ask("POST", "/api/v1/users", {
        cookie: admin.cookie,
        body: { name: "X", email: "x@people.example", role: "owner", password: PASSWORD },
      }),
      world.ask("POST", LOGIN, { body: { email: "x", password: 7 } }),
    ];
    // More than could wait for a hash: with one each, some would be answered 503.
    const rounds = await Promise.all(Array.from({ length: 30 }, refusals));
    const answers = await Promise.all(rounds.flat());
    expect(countStatuses(answers)).toEqual({ 400: 60, 403: 30, 409: 30 });
  });

  test("does not lock out a known browser after wrong passwords from another address", async () => {
    const { owner } = victim.users;
    const address = "192.0.2.60";
    const browser = await knownBrowser(owner.email, { address });
    const wrong = [];
    for (let count = 0; count < 10; count += 1)
      wrong.push(await sign(owner.email, "wrong-wrong", { address }));
    expect(countStatuses(wrong)).toEqual({ 401: 5, 429: 5 });
    expect((await sign(owner.email, PASSWORD, { address })).status).toBe(429);
    expect((await sign(owner.email, PASSWORD, { address, cookie: browser })).status).toBe(200);
  });

  test("limits a known browser too", async () => {
    const { owner } = victim.users;
    const cookie = await knownBrowser(owner.email);
    const wrong = [];
    for (let count = 0; count < 10; count += 1) {
      wrong.push(await sign(owner.email, "wrong-wrong", { cookie, address: `192.0.2.${count}` }));
    }
    expect(countStatuses(wrong)).toEqual({ 401: 5, 429: 5 });
    const rates = { address: { perSecond: 1, burst: 3 }, knownBrowser: { perSecond: 1, burst: 2 } };
    const server = serveIdentity(world.store, world.clock, { signInRates: rates, isHashReal: true });
    const { viewer } = victim.users;
    let browser = await knownBrowser(viewer.email);
    const right = [];
    for (let count = 0; count < 4; count += 1) {
      const answer = await sign(viewer.email, PASSWORD, { cookie: browser, server });
      right.push(answer);
      // Each sign-in renews the cookie, which must not begin a new limit.
      browser = browserOf(answer) || browser;
    }
    expect(countStatuses(right)).toEqual({ 200: 2, 429: 2 });
  });

  test("treats a known browser as known for its own accounts only", async () => {
    const cookie = await knownBrowser(attacker.users.viewer.email, { address: "192.0.2.70" });
    const { owner } = victim.users;
    const wrong = [];
    for (let count = 0; count < 7; count += 1) {
      wrong.push(await sign(owner.email, "wrong-wrong", { cookie, address: "192.0.2.70" }));
    }
    expect(countStatuses(wrong)).toEqual({ 401: 5, 429: 2 });
    // The owner's own browser and every other address are not affected.
    expect((await sign(owner.email, PASSWORD, { address: "192.0.2.71" })).status).toBe(200);
  });

  test("does not treat a planted cookie as a known browser", async () => {
    const planted = await knownBrowser(attacker.users.viewer.email);
    const { owner } = victim.users;
    const renewed = await knownBrowser(owner.email, { cookie: planted });
    expect(renewed).not.toBe(planted);
    const browsers = createKnownBrowsers({ store: world.store, clock: world.clock });
    const secretOf = (cookie: string) => cookie.split("=")[1] ?? null;
    expect(await browsers.find(secretOf(planted))).toBeNull();
    expect((await browsers.find(secretOf(renewed)))?.userIds).toEqual(
      new Set([owner.id, attacker.users.viewer.id]),
    );
    const rows = await world.store.read.selectFrom("known_browsers").selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain(secretOf(renewed));
  });

  test("forgets a known browser after its time, and with the password", async () => {
    const { owner, viewer } = victim.users;
    const browsers = createKnownBrowsers({ store: world.store, clock: world.clock });
    const isKnown = async (cookie: string) => (await browsers.find(cookie.split("=")[1] ?? null)) !== null;
    const first = await knownBrowser(owner.email);
    const other = await knownBrowser(viewer.email);
    const session = (await sign(owner.email, PASSWORD)).cookie;
    await world.ask("POST", "/api/v1/me/password", {
      cookie: session,
      body: { current: PASSWORD, next: "orbit-kettle-mango" },
    });
    expect([await isKnown(first), await isKnown(other)]).toEqual([false, true]);
    world.clock.advance(90 * DAY_MS);
    expect(await isKnown(other)).toBe(false);
    await world.runJobs();
    const rows = world.store.read.selectFrom("known_browsers").selectAll();
    expect(await rows.where("user_id", "in", [owner.id, viewer.id]).execute()).toEqual([]);
  });

  test("keeps the newest twenty known browsers of an account", async () => {
    const { owner } = victim.users;
    for (let count = 0; count < 25; count += 1) {
      world.clock.advance(1000);
      await sign(owner.email, PASSWORD);
    }
    const rows = world.store.read.selectFrom("known_browsers").selectAll().where("user_id", "=", owner.id);
    expect(await rows.execute()).toHaveLength(20);
  });

  test("answers for an unknown account as for a known one, in text, limits and time", async () => {
    const { owner } = victim.users;
    const known = {
      email: owner.email,
      address: "192.0.2.81",
      times: [] as number[],
      shapes: [] as unknown[],
    };
    const unknown = { ...known, email: "nobody@nowhere.example", address: "192.0.2.82" };
    Object.assign(unknown, { times: [], shapes: [] });
    await sign("warm-up@nowhere.example", "wrong-wrong", { address: "192.0.2.80" });
    // In turns, so that whatever else slows the machine down slows both.
    for (let count = 0; count < 16; count += 1) {
      const { email, address, times, shapes } = count % 2 === 0 ? known : unknown;
      const startedAt = performance.now();
      const { status, body, headers } = await sign(email, "wrong-wrong", { address });
      if (status === 401) times.push(performance.now() - startedAt);
      shapes.push([status, body.error.message, headers.get("retry-after")]);
    }
    expect(unknown.shapes).toEqual(known.shapes);
    const median = ({ times }: { times: number[] }) => times.toSorted((left, right) => left - right)[2] ?? 0;
    expect(median(unknown) / median(known)).toBeGreaterThan(0.2);
    expect(median(unknown) / median(known)).toBeLessThan(5);
  });

  test("writes throttled sign-ins to the audit log once in a window", async () => {
    const { owner } = victim.users;
    const attack = async () => {
      for (let count = 0; count < 12; count += 1) {
        await sign(owner.email, "wrong-wrong", { address: "192.0.2.90" });
        await sign("nobody@nowhere.example", "wrong-wrong", { address: "192.0.2.91" });
      }
      await world.runJobs();
    };
    const throttled = async () =>
      (await auditOf(victim)).filter(({ action }) => action === "user.sign-in-throttled");
    await attack();
    expect(await throttled()).toMatchObject([
      { subject: { id: owner.id }, details: { address: "192.0.2.90" } },
    ]);
    await attack();
    expect(await throttled()).toHaveLength(1);
    world.clock.advance(16 * 60_000);
    await attack();
    expect(await throttled()).toHaveLength(2);
    expect((await auditOf(attacker)).map(({ action }) => action)).not.toContain("user.sign-in-throttled");
  });

  test("does not prevent a sign-in after failed password changes in a session", async () => {
    const { owner } = victim.users;
    const address = "192.0.2.95";
    const answers = [];
    for (let count = 0; count < 7; count += 1) {
      answers.push(
        await world.ask("POST", "/api/v1/me/password", {
          cookie: owner.cookie,
          address,
          body: { current: "wrong-wrong", next: "orbit-kettle-mango" },
        }),
      );
    }
    expect(countStatuses(answers)).toEqual({ 400: 5, 429: 2 });
    expect((await sign(owner.email, PASSWORD, { address })).status).toBe(200);
  });
});

describe("a server with default limits", () => {
  let shell: TestShell;
  let server: ServerProcess;
  beforeAll(async () => {
    shell = await openShell("sqlite");
    server = startServerProcess(shell.environment);
  });
  afterAll(async () => {
    server.process.kill("SIGTERM");
    await server.exited;
    await shell.remove();
  });

  test("lets a user sign in while another client at the same address requests public routes", async () => {
    const { url } = await server.ready;
    await makeServedTenant(url, shell, "Neighbour");
    const answers = await Promise.all(Array.from({ length: 300 }, () => fetch(`${url}/api/config`)));
    expect(countStatuses(answers)[429]).toBeGreaterThan(0);
    const signIns = [];
    for (let count = 0; count < 20; count += 1) {
      signIns.push(
        await fetch(`${url}${LOGIN}`, {
          method: "POST",
          headers: { "content-type": "application/json", origin: url },
          body: JSON.stringify({ email: "owner@neighbour.example", password: "a passphrase for tests" }),
        }),
      );
      await fetch(`${url}/api/config`);
    }
    expect(countStatuses(signIns)).toEqual({ 200: 20 });
  });

  test("logs throttled sign-ins once in a window, without the account", async () => {
    const { url } = await server.ready;
    const attempts = Array.from({ length: 20 }, () =>
      fetch(`${url}${LOGIN}`, {
        method: "POST",
        headers: { "content-type": "application/json", origin: url },
        body: JSON.stringify({ email: "guessed@neighbour.example", password: "wrong-wrong" }),
      }),
    );
    expect(countStatuses(await Promise.all(attempts))).toEqual({ 401: 5, 429: 15 });
    const lines = () => server.stdout().split("\n");
    const throttled = () => lines().filter((line) => line.includes("Sign-ins are throttled"));
    await expect.poll(throttled).toHaveLength(1);
    expect(server.stdout()).not.toContain("guessed@neighbour.example");
  });
});
