import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createUuidV7Factory } from "../../server/src/platform/crypto/ids.ts";
import { type AlarmWorld, startAlarms } from "../harness/alarm-world.ts";
import { type FleetTenant, makeFleetTenant, type TestDevice } from "../harness/fleet-server.ts";
import { DIALECTS } from "../harness/test-store.ts";

const MINUTE = 60_000;
const OFFICE = "8.8.4.4";
const offline = createUuidV7Factory(Date.now)();

type Machine = TestDevice & { customer: string; from: string };

describe.each(DIALECTS)("outages of sites on %s", (dialect) => {
  let world: AlarmWorld;
  let tenant: FleetTenant;
  beforeAll(async () => {
    world = await startAlarms(dialect);
    await world.retentionClock.load();
    world.rules.set(offline, { id: offline, name: "Offline", version: 1, isEnabled: true, type: "offline" });
  });
  afterAll(() => world.remove());
  beforeEach(async () => {
    tenant = await makeFleetTenant(world);
    world.notices.length = 0;
  });

  async function enrol(customer: string, count: number, from = OFFICE): Promise<Machine[]> {
    const machines: Machine[] = [];
    for (let index = 0; index < count; index += 1) {
      const device = await tenant.enrol({ hostname: `${customer}-${index}`, customer });
      machines.push({ ...device, customer, from });
    }
    return machines;
  }
  async function report(machines: readonly Machine[]): Promise<void> {
    for (const machine of machines) {
      const { status } = await world.ask("POST", "/api/v1/agent/report", {
        bearer: machine.bearer,
        headers: { "x-forwarded-for": machine.from },
        body: machine.nextReport(world.clock.now()),
      });
      expect(status).toBe(200);
    }
  }
  /** Lets time pass that a server watches, at the end of which these machines report. */
  async function pass(ms: number, reporting: readonly Machine[]): Promise<void> {
    await world.store.transaction((tx) =>
      tx
        .updateTable("presence_clock")
        .set((row) => ({ observed_ms: row("observed_ms", "+", ms) }))
        .execute(),
    );
    world.clock.advance(ms);
    await world.runJobs("fleet-presence-clock");
    await report(reporting);
    await world.runJobs("fleet-presence");
    await world.runAlarmJobs("alarms");
  }
  const alarms = async (bearer = tenant.key) =>
    (await world.ask("GET", "/api/v1/alarms?state=open", { bearer })).body.items;
  const shown = async (machine: Machine) =>
    (await world.ask("GET", `/api/v1/devices/${machine.id}`, { bearer: tenant.key })).body.presence
      .connection;
  const told = () =>
    world.notices
      .filter(({ orgId }) => orgId === tenant.orgId)
      .map(({ kind, alarm }) => `${alarm.device_name ?? alarm.type} ${kind}`);
  async function limitedKey(customer: string): Promise<string> {
    const { body } = await world.ask("GET", `/api/v1/customers?search=${customer}`, { bearer: tenant.key });
    const key = { name: customer, scopes: ["read" as const], validDays: null };
    const { secret } = await world.identity.apiKeys.create(
      tenant.orgId,
      { ...key, customerIds: [body.items[0].id] },
      { actor: { type: "command-line", id: null, name: "x" }, requestId: null, fixedRole: "owner" },
    );
    return secret;
  }
  async function goesOffline(machine: Machine): Promise<void> {
    const { device_no: deviceNo } = await world.store.read
      .selectFrom("devices")
      .select("device_no")
      .where("id", "=", machine.id)
      .executeTakeFirstOrThrow();
    await world.apply({
      orgId: tenant.orgId,
      deviceNo,
      deviceId: machine.id,
      ruleId: offline,
      ruleVersion: 1,
      instance: null,
      at: world.clock.now(),
      kind: "violated",
      severity: "critical",
      facts: {},
    });
  }

  it("open one alarm that names the site, for those who may see its customer", async () => {
    const [alpha, beta] = [await enrol("Alpha", 4), await enrol("Beta", 4)];
    await report([...alpha, ...beta]);
    await pass(30_000, beta);
    await pass(60_000, beta);
    expect(await alarms()).toMatchObject([
      {
        type: "outage",
        severity: "critical",
        title: `Outage suspected: Alpha, ${OFFICE}`,
        text: expect.stringContaining("4 devices of one site"),
        customer: "Alpha",
        device: null,
      },
    ]);
    expect(await alarms(await limitedKey("Alpha"))).toHaveLength(1);
    const ofBeta = await limitedKey("Beta");
    expect(await alarms(ofBeta)).toEqual([]);
    const since = async (bearer: string) =>
      (await world.ask("GET", "/api/v1/devices/summary", { bearer })).body.outageSuspectedSince;
    expect(await since(tenant.key)).not.toBeNull();
    expect(await since(ofBeta)).toBeNull();
    await pass(20_000, [...alpha, ...beta]);
    expect(await alarms()).toEqual([]);
    expect(told()).toEqual(["outage opened", "outage ended"]);
  });

  it("keep devices late for an hour, then tell nobody of each, and of what is left ten minutes after most are back", async () => {
    const alpha = await enrol("Alpha", 4);
    const other = await enrol("Beta", 1, "10.0.0.7");
    await report([...alpha, ...other]);
    await pass(90_000, other);
    await pass(50 * MINUTE, other);
    expect(await Promise.all(alpha.map(shown))).toEqual(["late", "late", "late", "late"]);
    await pass(15 * MINUTE, other);
    expect(await Promise.all(alpha.map(shown))).toEqual(["offline", "offline", "offline", "offline"]);
    for (const machine of alpha) await goesOffline(machine);
    expect((await alarms()).filter(({ mutedBy }: { mutedBy: string }) => mutedBy === "outage")).toHaveLength(
      4,
    );
    await pass(MINUTE, other);
    expect(told()).toEqual(["outage opened"]);
    const back = alpha.slice(0, 3);
    for (let minutes = 0; minutes < 10; minutes += 1) await pass(MINUTE, [...back, ...other]);
    expect(told()).toEqual(["outage opened"]);
    await pass(MINUTE, [...back, ...other]);
    expect(told()).toContain("outage ended");
    expect(told()).toContain("Alpha-3 opened");
  });

  it("do not concern a device that reports from elsewhere now, nor another organization", async () => {
    const alpha = await enrol("Alpha", 4);
    await report(alpha);
    const laptop = alpha.slice(3).map((machine) => ({ ...machine, from: "9.9.9.9" }));
    await report(laptop);
    const mine = tenant;
    tenant = await makeFleetTenant(world);
    const foreign = await enrol("Alpha", 3);
    await report(foreign);
    await pass(90_000, [...laptop, ...foreign]);
    expect(await alarms()).toEqual([]);
    expect(await alarms(mine.key)).toMatchObject([{ text: expect.stringContaining("3 devices") }]);
  });

  it("group by the customer where no public network is known", async () => {
    const alpha = await enrol("Alpha", 3, "192.168.1.20");
    const none = await enrol("Beta", 1, "192.168.1.20");
    await report([...alpha, ...none]);
    await pass(90_000, none);
    expect(await alarms()).toMatchObject([{ title: "Outage suspected: Alpha" }]);
  });
});
