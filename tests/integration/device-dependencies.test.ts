import type { Alarm } from "@muster/shared/contracts/alarm.ts";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { AlarmTransition } from "../../server/src/alerting/alarm-transition.ts";
import { createUuidV7Factory } from "../../server/src/platform/crypto/ids.ts";
import { type AlarmWorld, startAlarms } from "../harness/alarm-world.ts";
import { type FleetTenant, makeFleetTenant, type TestDevice } from "../harness/fleet-server.ts";
import { DIALECTS } from "../harness/test-store.ts";

const makeId = createUuidV7Factory(Date.now);
const MINUTE = 60_000;

describe.each(DIALECTS)("what devices depend on, on %s", (dialect) => {
  let world: AlarmWorld;
  let tenant: FleetTenant;
  let host: TestDevice;
  let guest: TestDevice;
  const [offline, cpu] = [makeId(), makeId()];
  beforeAll(async () => {
    world = await startAlarms(dialect);
    await world.retentionClock.load();
    const rule = { name: "r", version: 1, isEnabled: true };
    world.rules.set(offline, { ...rule, id: offline, type: "offline" });
    world.rules.set(cpu, { ...rule, id: cpu, type: "metric" });
  });
  afterAll(() => world.remove());
  beforeEach(async () => {
    tenant = await makeFleetTenant(world);
    [host, guest] = [await tenant.enrol({ hostname: "host" }), await tenant.enrol({ hostname: "guest" })];
    world.notices.length = 0;
  });

  async function depend(device: TestDevice, on: string | null, bearer = tenant.key, ifMatch = "*") {
    const headers = { "if-match": ifMatch };
    return world.ask("PATCH", `/api/v1/devices/${device.id}`, { bearer, headers, body: { dependsOn: on } });
  }
  const read = async (device: TestDevice, bearer = tenant.key) =>
    (await world.ask("GET", `/api/v1/devices/${device.id}`, { bearer })).body;
  const reasonOf = (answer: Awaited<ReturnType<typeof depend>>) => answer.body.error.details[0];

  async function transition(
    kind: "violated" | "ended",
    device: TestDevice,
    ruleId = offline,
  ): Promise<AlarmTransition> {
    const { device_no } = await world.store.read
      .selectFrom("devices")
      .select("device_no")
      .where("id", "=", device.id)
      .executeTakeFirstOrThrow();
    const about = {
      orgId: tenant.orgId,
      deviceNo: device_no,
      deviceId: device.id,
      ruleId,
      ruleVersion: 1,
      instance: null,
      at: world.clock.now(),
    };
    if (kind === "ended") return { ...about, kind, reason: "cleared", facts: {} };
    return { ...about, kind, severity: "critical", facts: {} };
  }
  const told = () => world.notices.map(({ kind, alarm }) => `${alarm.device_name} ${alarm.type} ${kind}`);
  async function alarmOf(device: TestDevice, bearer = tenant.key): Promise<Alarm | undefined> {
    const { body } = await world.ask("GET", `/api/v1/alarms?type=offline&deviceId=${device.id}`, { bearer });
    return body.items[0];
  }
  async function limitedKey(customer: string) {
    const page = await world.ask("GET", `/api/v1/customers?search=${customer}`, { bearer: tenant.key });
    const { secret } = await world.identity.apiKeys.create(
      tenant.orgId,
      { name: "k", scopes: ["read", "write"], validDays: null, customerIds: [page.body.items[0].id] },
      { actor: { type: "command-line", id: null, name: "x" }, requestId: null, fixedRole: "owner" },
    );
    return secret;
  }

  it("is edited under a version, recorded, and shown from both sides", async () => {
    expect((await depend(guest, host.id)).body).toMatchObject({
      dependsOn: host.id,
      dependencies: [{ id: host.id, name: "host", shown: "waiting", isArchived: false }],
      version: 2,
    });
    expect((await depend(guest, null, tenant.key, '"1"')).status).toBe(412);
    expect((await read(host)).dependents).toMatchObject([{ id: guest.id, name: "guest" }]);
    const audit = await world.ask("GET", "/api/v1/audit?action=device.changed", { bearer: tenant.key });
    expect(audit.body.items[0].details.changes).toEqual({ dependsOn: { from: null, to: "host" } });
    expect((await depend(guest, null)).body).toMatchObject({ dependsOn: null, dependencies: [] });
  });

  it("is no circle, no long chain, no archived or unknown device", async () => {
    expect(reasonOf(await depend(guest, guest.id)).message).toContain("another device");
    expect(reasonOf(await depend(guest, makeId()))).toMatchObject({ path: "dependsOn" });
    const other = await makeFleetTenant(world);
    const foreign = await other.enrol();
    expect((await depend(guest, foreign.id)).status).toBe(400);
    await depend(guest, host.id);
    expect(reasonOf(await depend(host, guest.id)).message).toContain("on this device itself");
    let last = host;
    for (let level = 0; level < 4; level += 1) {
      const next = await tenant.enrol({ hostname: `level-${level}` });
      expect((await depend(last, next.id)).status).toBe(200);
      last = next;
    }
    expect((await read(guest)).dependencies).toHaveLength(5);
    const top = await tenant.enrol();
    expect(reasonOf(await depend(last, top.id)).message).toContain("more than 5");
    await world.ask("POST", `/api/v1/devices/${top.id}/archive`, { bearer: tenant.key });
    expect(reasonOf(await depend(top, top.id))).toBeDefined();
    const free = await tenant.enrol();
    expect(reasonOf(await depend(free, top.id)).message).toContain("archived");
  });

  it("is never a circle when two changes meet", async () => {
    const answers = await Promise.all([depend(guest, host.id), depend(host, guest.id)]);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 400]));
  });

  it("stays within a customer limit", async () => {
    const mine = await tenant.enrol({ hostname: "mine", customer: "Acme" });
    const limited = await limitedKey("Acme");
    expect((await depend(mine, host.id, limited)).status).toBe(400);
    expect((await depend(mine, host.id)).body.dependencies).toHaveLength(1);
    expect(await read(mine, limited)).toMatchObject({ dependsOn: host.id, dependencies: [] });
    const audit = await world.ask("GET", "/api/v1/audit?action=device.changed", { bearer: limited });
    expect(JSON.stringify(audit.body)).not.toContain('"host"');
    await world.apply(await transition("violated", host), await transition("violated", mine));
    expect(await alarmOf(mine, limited)).toMatchObject({ mutedBy: "dependency", mutingDevice: null });
    expect(await alarmOf(mine)).toMatchObject({ mutingDevice: { id: host.id, name: "host" } });
  });

  it("mutes offline and value alarms, whichever of them comes first, and tells once what remains", async () => {
    const middle = await tenant.enrol({ hostname: "middle" });
    await depend(guest, middle.id);
    await depend(middle, host.id);
    await world.apply(
      await transition("violated", guest),
      await transition("violated", guest, cpu),
      await transition("violated", host),
    );
    expect(told()).toEqual(["host offline opened"]);
    expect(await alarmOf(guest)).toMatchObject({
      mutedBy: "dependency",
      mutingDevice: { id: host.id, name: "host" },
    });
    await world.apply(await transition("ended", host));
    world.clock.advance(9 * MINUTE);
    await world.apply(await transition("ended", guest, cpu));
    await world.runAlarmJobs("alarms");
    expect(told()).toEqual(["host offline opened", "host offline ended"]);
    world.clock.advance(MINUTE);
    await world.runAlarmJobs("alarms");
    await world.runAlarmJobs("alarms");
    expect(told().slice(2)).toEqual(["guest offline opened"]);
  });

  it("mutes while it is in maintenance, and tells once what remains at the end", async () => {
    await depend(guest, host.id);
    const until = new Date(world.clock.now() + MINUTE).toISOString();
    const headers = { "if-match": "*" };
    const body = { maintenanceUntil: until };
    await world.ask("PATCH", `/api/v1/devices/${host.id}`, { bearer: tenant.key, headers, body });
    await world.apply(await transition("violated", guest));
    expect(await alarmOf(guest)).toMatchObject({ mutedBy: "dependency", mutingDevice: { id: host.id } });
    expect(told()).toEqual([]);
    world.clock.advance(MINUTE);
    await world.runJobs("fleet-presence");
    await world.runAlarmJobs("alarms");
    expect(told()).toEqual(["guest offline opened"]);
  });

  it("counts no more once it is archived, and is forgotten once it is deleted", async () => {
    await depend(guest, host.id);
    await world.apply(await transition("violated", host), await transition("violated", guest));
    expect(told()).toEqual(["host offline opened"]);
    await world.ask("POST", `/api/v1/devices/${host.id}/archive`, { bearer: tenant.key });
    expect((await read(guest)).dependencies).toMatchObject([{ isArchived: true }]);
    await world.runAlarmJobs("alarms");
    expect(told().at(-1)).toBe("guest offline opened");
    await world.ask("DELETE", `/api/v1/devices/${host.id}`, { bearer: tenant.key });
    expect(await read(guest)).toMatchObject({ dependsOn: null, dependencies: [], version: 3 });
  });
});
