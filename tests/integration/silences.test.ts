import type { Alarm } from "@muster/shared/contracts/alarm.ts";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { AlarmTransition } from "../../server/src/alerting/alarm-transition.ts";
import { createUuidV7Factory } from "../../server/src/platform/crypto/ids.ts";
import { type AlarmWorld, startAlarms } from "../harness/alarm-world.ts";
import { type FleetTenant, makeFleetTenant, type TestDevice } from "../harness/fleet-server.ts";
import { shell } from "../harness/identity-server.ts";
import { DIALECTS } from "../harness/test-store.ts";

const makeId = createUuidV7Factory(Date.now);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe.each(DIALECTS)("silences on %s", (dialect) => {
  let world: AlarmWorld;
  let tenant: FleetTenant;
  let web: TestDevice;
  let db: TestDevice;
  let ruleId: string;
  beforeAll(async () => {
    world = await startAlarms(dialect);
    await world.retentionClock.load();
  });
  afterAll(() => world.remove());
  beforeEach(async () => {
    tenant = await makeFleetTenant(world);
    web = await tenant.enrol({ hostname: "web-1", customer: "Acme", tags: ["web"] });
    db = await tenant.enrol({ hostname: "db-1", customer: "Globex" });
    ruleId = makeId();
    world.rules.set(ruleId, { id: ruleId, name: "CPU high", version: 1, type: "metric", isEnabled: true });
    world.notices.length = 0;
    world.notes.length = 0;
  });

  async function transition(
    { id }: TestDevice,
    given: { kind?: "violated" | "escalated"; severity?: "warning" | "critical"; rule?: string } = {},
  ): Promise<AlarmTransition> {
    const { kind = "violated", severity = "warning", rule = ruleId } = given;
    const rows = world.store.read.selectFrom("devices").select("device_no").where("id", "=", id);
    const { device_no: deviceNo } = await rows.executeTakeFirstOrThrow();
    const facts = { value: 95, threshold: 90, text: "cpu" };
    const of = { orgId: tenant.orgId, deviceNo, deviceId: id, ruleId: rule, ruleVersion: 1, instance: null };
    return { kind, severity, facts, at: world.clock.now(), ...of };
  }
  const violate = async (device: TestDevice, given = {}) => world.apply(await transition(device, given));
  const told = () => world.notices.map(({ kind, alarm }) => `${kind} ${alarm.device_name}`);
  const ask = (method: string, path: string, body?: unknown, bearer = tenant.key, version?: number) =>
    world.ask(method, `/api/v1/${path}`, {
      bearer,
      ...(version !== undefined && { headers: { "if-match": `"${version}"` } }),
      ...(body !== undefined && { body }),
    });
  const endsIn = (ms: number) => new Date(world.clock.now() + ms).toISOString();
  async function silence(given: Record<string, unknown> = {}, bearer = tenant.key) {
    const wanted = { comment: "Known, being repaired", endsAt: endsIn(HOUR), ...given };
    const { status, body } = await ask("POST", "silences", wanted, bearer);
    expect(status, JSON.stringify(body)).toBe(201);
    return body;
  }
  const alarms = async (): Promise<Alarm[]> => (await ask("GET", "alarms?limit=50")).body.items;
  async function mutedBy(device: TestDevice) {
    return (await alarms()).find((alarm) => alarm.device?.id === device.id)?.mutedBy;
  }
  async function runJobs() {
    await world.runAlarmJobs("silence-ends", "silence-idle");
    await world.runAlarmJobs("alarms");
  }
  async function customerId(name: string): Promise<string> {
    return (await ask("GET", `customers?search=${name}`)).body.items[0].id;
  }
  async function limitedKey(...names: string[]) {
    const customerIds = await Promise.all(names.map(customerId));
    const { secret } = await world.identity.apiKeys.create(
      tenant.orgId,
      { name: "limited", scopes: ["read", "write"], validDays: null, customerIds },
      { actor: { type: "command-line", id: null, name: "x" }, requestId: null, fixedRole: "owner" },
    );
    return secret;
  }

  it("keep what matches quiet from the first read on, and nothing else", async () => {
    await violate(web);
    expect([await mutedBy(web), told()]).toEqual([null, ["opened web-1"]]);
    const { matches } = await silence({ scope: { kind: "tag", tag: "web" } });
    // As soon as the silence exists, not with the next evaluation (alertmanager #578).
    expect([await mutedBy(web), matches.count, matches.first[0].device.name]).toEqual([
      "silenced",
      1,
      "web-1",
    ]);
    await violate(db);
    await violate(web, { kind: "escalated", severity: "critical" });
    expect([told(), await mutedBy(db)]).toEqual([["opened web-1", "opened db-1"], null]);
  });

  it.each([
    ["the customer", async () => ({ scope: { kind: "customer", customerId: await customerId("Acme") } })],
    ["the device", async () => ({ scope: { kind: "device", deviceId: web.id } })],
    ["the severity", async () => ({ severities: ["critical"] })],
    ["the type", async () => ({ types: ["offline"] })],
  ])("match by %s", async (what, matchers) => {
    await violate(web);
    await violate(db);
    const wanted = await matchers();
    const isAboutWeb = what === "the customer" || what === "the device";
    const { body } = await ask("POST", "silences/preview", wanted);
    expect(body.first.map((alarm: Alarm) => alarm.device?.name)).toEqual(isAboutWeb ? ["web-1"] : []);
    await silence(wanted);
    expect([await mutedBy(web), await mutedBy(db)]).toEqual([isAboutWeb ? "silenced" : null, null]);
  });

  // alertmanager #2896: the silence ends, the alarm is still on, and nobody hears of it.
  it("tell once what still holds at their end, also what was told before them", async () => {
    await violate(web);
    await silence({ endsAt: endsIn(10 * MINUTE) });
    await violate(db);
    world.clock.advance(5 * MINUTE);
    await runJobs();
    expect(told()).toEqual(["opened web-1"]);
    world.clock.advance(6 * MINUTE);
    for (let run = 0; run < 3; run += 1) await runJobs();
    expect(told().toSorted()).toEqual(["opened db-1", "opened web-1", "opened web-1"]);
    expect((await ask("GET", "silences?state=ended")).body.items).toMatchObject([
      { state: "ended", endReason: "time", endedBy: null },
    ]);
  });

  it("tell it when they are ended early, and not what somebody has acknowledged", async () => {
    await violate(web);
    await violate(db);
    const [first] = await alarms();
    const acknowledged = first?.device?.name;
    await ask("POST", `alarms/${first?.id}/acknowledge`, {});
    world.notices.length = 0;
    const { id } = await silence();
    const { body } = await ask("POST", `silences/${id}/end`);
    expect(body).toMatchObject({ state: "ended", endReason: "early", endedBy: expect.any(String) });
    await runJobs();
    await runJobs();
    expect(told()).toEqual([acknowledged === "web-1" ? "opened db-1" : "opened web-1"]);
    expect((await ask("POST", `silences/${id}/end`)).status).toBe(409);
  });

  it("of one alarm keep it quiet when it opens again, and no other one", async () => {
    await violate(web);
    const [alarm] = await alarms();
    await silence({ alarmId: alarm?.id });
    await world.apply({
      ...(await transition(web)),
      kind: "ended",
      reason: "cleared",
      facts: {},
    });
    world.clock.advance(20 * MINUTE);
    world.notices.length = 0;
    await violate(web);
    await violate(db);
    expect([told(), await mutedBy(web)]).toEqual([["opened db-1"], "silenced"]);
  });

  // alertmanager #5459, #954, #3339: silences that match nothing any more, and that nobody sees.
  it("are stale after an hour without a match, and end then when they were made so", async () => {
    const lasting = await silence({ endsAt: endsIn(48 * HOUR) });
    const idle = await silence({ endsAt: endsIn(48 * HOUR), endsWhenIdle: true });
    await runJobs();
    world.clock.advance(30 * MINUTE);
    await violate(web);
    await runJobs();
    world.clock.advance(50 * MINUTE);
    await runJobs();
    expect(await stateOf(lasting.id)).toEqual(["active", false, 1]);
    await world.apply({ ...(await transition(web)), kind: "ended", reason: "cleared", facts: {} });
    await runJobs();
    world.clock.advance(61 * MINUTE);
    await runJobs();
    expect(await stateOf(lasting.id)).toEqual(["active", true, 0]);
    expect(await stateOf(idle.id)).toEqual(["ended", false, 0]);
    expect((await ask("GET", `silences/${idle.id}`)).body.endReason).toBe("idle");
  });
  async function stateOf(id: string) {
    const { state, isStale, matches } = (await ask("GET", `silences/${id}`)).body;
    return [state, isStale, matches.count];
  }

  it("never mute alarms about credentials, roles, clones and help requests", async () => {
    const rule = makeId();
    world.rules.set(rule, { id: rule, name: "Clone", version: 1, type: "clone-suspected", isEnabled: true });
    await silence();
    await violate(web, { rule });
    expect([told(), await mutedBy(web)]).toEqual([["opened web-1"], null]);
    const [alarm] = await alarms();
    for (const named of [{ types: ["metric", "credential"] }, { alarmId: alarm?.id }]) {
      const refused = await ask("POST", "silences", { comment: "x", endsAt: endsIn(HOUR), ...named });
      expect([refused.status, refused.body.error.message]).toEqual([
        400,
        expect.stringContaining("cannot be silenced"),
      ]);
    }
  });

  it("need an end within 90 days, a comment, and what exists", async () => {
    const day = 24 * HOUR;
    for (const [path, given] of [
      ["endsAt", { endsAt: undefined }],
      ["endsAt", { endsAt: endsIn(91 * day) }],
      ["endsAt", { endsAt: endsIn(-MINUTE) }],
      ["comment", { comment: " " }],
      ["startsAt", { startsAt: endsIn(400 * day), endsAt: endsIn(401 * day) }],
      ["scope.deviceId", { scope: { kind: "device", deviceId: makeId() } }],
      ["alarmId", { alarmId: makeId() }],
      ["ruleId", { ruleId: makeId() }],
    ] as const) {
      const wanted = { comment: "x", endsAt: endsIn(HOUR), ...given };
      const { status, body } = await ask("POST", "silences", wanted);
      expect([status, body.error.details?.[0].path], path).toEqual([400, path]);
    }
  });

  it("are edited by version, and not after their end", async () => {
    const made = await silence();
    const endsAt = endsIn(3 * HOUR);
    const { body } = await ask("PATCH", `silences/${made.id}`, { endsAt, comment: "Longer" }, tenant.key, 1);
    expect(body).toMatchObject({ endsAt, comment: "Longer", version: 2, endsWhenIdle: false });
    expect((await ask("PATCH", `silences/${made.id}`, { comment: "x" }, tenant.key, 1)).status).toBe(412);
    world.clock.advance(4 * HOUR);
    expect((await ask("PATCH", `silences/${made.id}`, { endsAt: endsIn(HOUR) }, tenant.key, 2)).status).toBe(
      409,
    );
    const { items } = await world.identity.audit.list(tenant, { limit: 5 });
    expect(items.map(({ action }) => action)).toEqual(
      expect.arrayContaining(["silence.changed", "silence.created"]),
    );
  });

  it("are told to owners when they last longer than a day, once", async () => {
    const wanted = {
      name: "Olga",
      email: `${makeId()}@people.example`,
      role: "owner",
      password: "quite a long one",
    } as const;
    const { user } = await world.identity.users.create(tenant.orgId, wanted, shell);
    const made = await silence();
    expect(world.notes).toEqual([]);
    await ask("PATCH", `silences/${made.id}`, { endsAt: endsIn(25 * HOUR) }, tenant.key, 1);
    await ask("PATCH", `silences/${made.id}`, { endsAt: endsIn(50 * HOUR) }, tenant.key, 2);
    expect(world.notes).toMatchObject([{ userId: user.id, note: { kind: "silence", devices: 2 } }]);
  });

  it("of a limited operator reach its customers only", async () => {
    await violate(web);
    await violate(db);
    const secret = await limitedKey("Acme");
    const whole = await silence({ severities: ["critical"] });
    const limited = await silence({}, secret);
    expect([limited.isLimited, limited.matches.count]).toEqual([true, 1]);
    expect([await mutedBy(web), await mutedBy(db)]).toEqual(["silenced", null]);
    for (const scope of [
      { kind: "customer", customerId: await customerId("Globex") },
      { kind: "device", deviceId: db.id },
    ]) {
      const { status } = await ask("POST", "silences", { comment: "x", endsAt: endsIn(HOUR), scope }, secret);
      expect(status).toBe(400);
    }
    const ofGlobex = await silence({ scope: { kind: "device", deviceId: db.id } });
    const { items } = (await ask("GET", "silences", undefined, secret)).body;
    expect(items.map(({ id, canChange }: Record<string, unknown>) => [id, canChange])).toEqual([
      [limited.id, true],
      [whole.id, false],
    ]);
    expect((await ask("POST", `silences/${whole.id}/end`, undefined, secret)).status).toBe(403);
    expect((await ask("POST", `silences/${ofGlobex.id}/end`, undefined, secret)).status).toBe(404);
    expect((await ask("POST", `silences/${limited.id}/end`, undefined, secret)).status).toBe(200);
  });

  it("are listed for the alarm that they match, and begin at their time", async () => {
    await violate(web);
    const [alarm] = await alarms();
    const planned = await silence({ startsAt: endsIn(10 * MINUTE) });
    await silence({ scope: { kind: "device", deviceId: db.id } });
    const ofAlarm = async () => (await ask("GET", `silences?alarmId=${alarm?.id}`)).body.items;
    expect([planned.state, await mutedBy(web), await ofAlarm()]).toEqual(["planned", null, []]);
    world.clock.advance(11 * MINUTE);
    expect([await mutedBy(web), (await ofAlarm())[0].id]).toEqual(["silenced", planned.id]);
  });
});
