import { Role } from "@muster/shared/contracts/identity.ts";
import { type RawBuilder, sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Route } from "../../server/src/platform/http/route.ts";
import { openStore } from "../../server/src/platform/database/open-store.ts";
import type { Store } from "../../server/src/platform/database/store.ts";
import { pino } from "pino";
import { migrations } from "../../server/migrations/index.ts";
import { type ComposedServer, startComposedServer } from "../harness/composed-server.ts";
import { openShell, type TestShell } from "../harness/command-line.ts";
import { type Credential, send } from "./http-client.ts";
import { FIXTURES, type RouteRequest } from "./route-fixtures.ts";
import { makeTenant, type Tenant } from "./tenant.ts";

/** Routes with which a member writes only what belongs to the member. */
const OF_THE_CALLER: ReadonlySet<string> = new Set(["post /api/v1/views", "post /api/v1/push-subscriptions"]);

/** What jobs and signing in change at any time. */
const TABLES_OF_JOBS: ReadonlySet<string> = new Set([
  "sessions",
  "report_rates",
  "device_signals",
  "alarm_timers",
  "alarm_sweeps",
  "notification_follow_ups",
]);
/** A device that reported once is late after a minute, and jobs write that. */
const COLUMNS_OF_JOBS: ReadonlySet<string> = new Set([
  "maintenance_windows.check_at",
  "device_state.version",
  "device_state.watch_state",
  "devices.connection",
  "devices.connection_since",
  "devices.shown",
  "devices.is_absent",
  "devices.attention_rank",
  "devices.window_until",
  "silences.idle_since",
  "silences.closed_at",
]);

/** A job makes such an action pending again, at any time. */
const hasEndedLease = (row: string): boolean => {
  const { lease_until: until } = JSON.parse(row);
  return until !== null && until <= Date.now();
};
const idOf = (row: string): string => JSON.parse(row).id;

// The table is known only once a server runs, so each kind of attack is one test over all routes. Those of older wires, which
// fail in their clients' shapes, are tried the same way in tests/integration/dashfleet-keys.test.ts.
describe("every route of the table", () => {
  let shell: TestShell;
  let server: ComposedServer;
  let store: Store;
  let own: Tenant;
  let other: Tenant;
  /** What is compared of each organization: tables and columns. */
  let compared: { name: string; columns: RawBuilder<unknown>[] }[];
  let guarded: { name: string; route: Route }[];

  beforeAll(async () => {
    shell = await openShell("postgres");
    await shell.run(["org", "create", "First"]);
    server = await startComposedServer({
      ...shell.environment,
      // One address asks everything here, far faster than anybody would.
      MUSTER_ADDRESS_REQUESTS_PER_S: "10000",
      MUSTER_ADDRESS_REQUESTS_AT_ONCE: "10000",
      MUSTER_MEMBER_REQUESTS_PER_S: "10000",
      MUSTER_MEMBER_REQUESTS_AT_ONCE: "10000",
      MUSTER_DEVICE_REQUESTS_PER_S: "10000",
      MUSTER_DEVICE_REQUESTS_AT_ONCE: "10000",
    });
    store = await openStore({ url: shell.databaseUrl, log: pino({ level: "silent" }), migrations });
    compared = (await store.read.introspection.getTables())
      .filter(
        ({ name, columns }) => !TABLES_OF_JOBS.has(name) && columns.some((one) => one.name === "org_id"),
      )
      .map(({ name, columns }) => ({
        name,
        columns: columns
          .filter((one) => !COLUMNS_OF_JOBS.has(`${name}.${one.name}`) && one.name !== "last_used_at")
          .map((one) => sql.ref(one.name)),
      }));
    own = await makeTenant(server.url, shell, "Own");
    other = await makeTenant(server.url, shell, "Other");
    await own.reportHourly();
    // The default rules of both are there before anything is compared.
    for (const tenant of [own, other]) await tenant.alarmRuleIds();
    // The alarms that they open would change what the test compares.
    await own.removeAlarmRules();
    guarded = server.routes
      .filter(({ definition }) => definition.access.by !== "public" && !definition.wire)
      .map((route) => ({ name: `${route.definition.method} ${route.definition.path}`, route }));
  });
  afterAll(async () => {
    await store.close();
    await server.close();
    await shell.remove();
  });

  /** The other tenant's own answers may repeat what was sent, so only what was not is a leak. */
  function leaked(text: string, request: RouteRequest): boolean {
    const sent = JSON.stringify(request);
    return ["host-of-Own", own.orgId].some((secret) => text.includes(secret) && !sent.includes(secret));
  }
  function ask(route: Route, { path, body, headers }: RouteRequest, credential: Credential) {
    return send(server.url, route.definition.method, path, credential, body, headers);
  }
  async function requestFor(name: string, tenant: Tenant): Promise<RouteRequest> {
    const make = FIXTURES[name];
    if (!make) throw new Error(`${name} has no fixture in route-fixtures.ts`);
    return make(tenant);
  }
  /** The rows of the organization by table, without what jobs write while the test looks. */
  async function rowsOf(tenant: Tenant): Promise<Map<string, string[]>> {
    const found = new Map<string, string[]>();
    for (const { name, columns } of compared) {
      const { rows } =
        await sql`select ${sql.join(columns)} from ${sql.table(name)} where org_id = ${tenant.orgId}`.execute(
          store.read,
        );
      found.set(
        name,
        rows.map((row) => JSON.stringify(row)),
      );
    }
    return found;
  }
  /** The rows that are new or different since `before`, and those that are gone. */
  async function changesSince(before: ReadonlyMap<string, string[]>): Promise<string[]> {
    const after = await rowsOf(own);
    const released = new Set((before.get("actions") ?? []).filter(hasEndedLease).map(idOf));
    return [...after].flatMap(([table, rows]) => {
      const former = before.get(table) ?? [];
      const [known, present] = [new Set(former), new Set(rows)];
      return [...rows.filter((row) => !known.has(row)), ...former.filter((row) => !present.has(row))]
        .filter((row) => table !== "actions" || !released.has(idOf(row)))
        .map((row) => `${table}: ${row}`);
    });
  }

  test("has a fixture, and answers its authorized caller", async () => {
    for (const { name, route } of guarded) {
      // What only reads leaves the tenant as it was.
      const isRead = route.definition.method === "get";
      const tenant = isRead ? own : await makeRightful(name);
      const request = await requestFor(name, tenant);
      const answer = await ask(route, request, await rightful(route, tenant, request));
      expect.soft(answer.status, `${name}: ${answer.text}`).toBe(route.definition.status);
    }
  });

  test("changes nothing that has a version for a session that does not name it", async () => {
    const editing = guarded.filter(({ route }) => route.definition.needsVersion);
    expect(editing.length).toBeGreaterThanOrEqual(6);
    for (const { name, route } of editing) {
      const { headers: _, ...request } = await requestFor(name, own);
      const before = await rowsOf(own);
      expect.soft((await ask(route, request, own.as("owner"))).status, name).toBe(428);
      const outdated = { ...request, headers: { "if-match": '"99"' } };
      expect.soft((await ask(route, outdated, own.as("owner"))).status, name).toBe(412);
      expect.soft(await changesSince(before), name).toEqual([]);
    }
  });

  test("refuses a request without a credential, or with a wrong one", async () => {
    const device = await own.enrol();
    for (const { name, route } of guarded) {
      const request = await requestFor(name, own);
      const before = await rowsOf(own);
      const wrongs: Credential[] = [
        { kind: "none" },
        { kind: "bearer", secret: `mk_${"A".repeat(43)}` },
        { kind: "session", cookie: `muster_session=${"A".repeat(43)}`, origin: server.url },
      ];
      for (const credential of wrongs) {
        expect
          .soft((await ask(route, request, credential)).status, `${name} by ${credential.kind}`)
          .toBe(401);
      }
      const wrongKind = route.definition.access.by === "device" ? own.as("owner") : device.credential;
      expect.soft((await ask(route, request, wrongKind)).status, `${name} by another kind`).toBe(403);
      expect.soft(await changesSince(before), name).toEqual([]);
    }
  });

  test("refuses each lower role, and a key without the scope, or any key where only users may", async () => {
    for (const { name, route } of guarded) {
      const { access } = route.definition;
      if (access.by !== "session" && access.by !== "member") continue;
      const request = await requestFor(name, own);
      const weak: Credential[] = Role.options
        .slice(0, Role.options.indexOf(access.role))
        .map((role) => own.as(role));
      const scopes = (["read", "write", "act", "reboot", "metrics"] as const).filter(
        (scope) => access.by === "session" || scope !== access.scope,
      );
      weak.push(await own.key(scopes));
      const before = await rowsOf(own);
      for (const credential of weak) {
        expect
          .soft((await ask(route, request, credential)).status, `${name} by ${credential.kind}`)
          .toBe(403);
      }
      expect.soft(await changesSince(before), name).toEqual([]);
    }
  });

  test("shows and changes nothing of another tenant", async () => {
    for (const { name, route } of guarded) {
      const request = await requestFor(name, own);
      if (request.path.endsWith("/me/password") || request.path.endsWith("/logout")) continue;
      const before = await rowsOf(own);
      const credential =
        route.definition.access.by === "device"
          ? (await other.enrol()).credential
          : await strongest(route, other);
      const answer = await ask(route, request, credential);
      expect.soft(leaked(answer.text, request), `${name} shows: ${answer.text}`).toBe(false);
      if (/\{/.test(route.definition.path)) {
        const expected = route.definition.access.by === "device" ? [403, 404] : [404];
        expect.soft(expected, `${name}: ${answer.text}`).toContain(answer.status);
      }
      expect.soft(await changesSince(before), name).toEqual([]);
    }
  });

  test("shows and changes nothing of other customers to members and keys with a customer limit", async () => {
    const [reached, secret] = [await own.customerId(), await own.customerId()];
    const reachable = await own.ofCustomer(reached, "reachable-host").enrol();
    const callers = [
      await own.limited("admin", [reached, await own.customerId()]),
      await own.limited("admin", []),
      await own.limitedKey(["read", "write", "act", "reboot"], [reached, await own.customerId()]),
    ];
    const closed = [own.ofCustomer(secret, "secret-host"), own];
    for (const { name, route } of guarded) {
      const { access, path } = route.definition;
      if (access.by === "device" || path.endsWith("/me/password") || path.endsWith("/logout")) continue;
      for (const tenant of closed) {
        const request = await requestFor(name, tenant);
        const before = await rowsOf(own);
        for (const credential of callers) {
          const { status, text } = await ask(route, request, credential);
          const sent = JSON.stringify(request);
          const leaks = ["secret-host", "host-of-Own", secret].filter(
            (part) => text.includes(part) && !sent.includes(part),
          );
          expect.soft(leaks, `${name} shows: ${text}`).toEqual([]);
          if (/\{/.test(path)) expect.soft([403, 404], `${name}: ${text}`).toContain(status);
        }
        if (OF_THE_CALLER.has(name)) continue;
        expect.soft(await changesSince(before), name).toEqual([]);
      }
    }
    const shown = await send(server.url, "get", "/api/v1/devices", callers[0] ?? { kind: "none" });
    expect(shown.body.items.map(({ id }: { id: string }) => id)).toEqual([reachable.id]);
  });

  test("refuses to act with a session from a page of another origin", async () => {
    for (const { name, route } of guarded) {
      const { access, method } = route.definition;
      if (method === "get" || (access.by !== "session" && access.by !== "member")) continue;
      const request = await requestFor(name, own);
      const session = own.as("owner");
      if (session.kind !== "session") throw new Error("not a session");
      const forged = { ...session, origin: "https://evil.example" };
      expect.soft((await ask(route, request, forged)).status, name).toBe(403);
    }
  });

  function makeRightful(name: string): Promise<Tenant> {
    const called = `Rightful ${name.replaceAll(/[^a-z]+/g, " ")}`;
    return makeTenant(server.url, shell, called, ["viewer", "operator", "owner"]);
  }
  async function rightful(route: Route, tenant: Tenant, { device, as }: RouteRequest): Promise<Credential> {
    if (device) return device.credential;
    if (as) return as;
    return route.definition.path === "/metrics" ? tenant.key(["metrics"]) : tenant.as("owner");
  }
  async function strongest(route: Route, tenant: Tenant): Promise<Credential> {
    return route.definition.path === "/metrics" ? tenant.key(["metrics"]) : tenant.as("owner");
  }
});
