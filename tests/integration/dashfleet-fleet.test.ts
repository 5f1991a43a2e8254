import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  type DashfleetTenant,
  type DashfleetWorld,
  listMachines,
  makeDashfleetTenant,
  originalReport,
  startDashfleet,
} from "../harness/dashfleet-world.ts";
import { DIALECTS } from "../harness/test-store.ts";

const REPORT = "/api/fleet/report";
const PING = "/api/fleet/ping";

describe.each(DIALECTS)("DashFleet's machines on %s", (dialect) => {
  let world: DashfleetWorld;
  let tenant: DashfleetTenant;
  beforeAll(async () => {
    world = await startDashfleet(dialect);
  });
  afterAll(() => world.remove());
  beforeEach(async () => {
    tenant = await makeDashfleetTenant(world);
  });

  const report = (machineId = "vm", bearer = tenant.agent) =>
    world.speak("POST", REPORT, { bearer, body: originalReport(machineId) });
  const fleet = async (bearer = tenant.operator) => (await world.speak("GET", "/api/fleet", { bearer })).body;
  const idOf = (machineId = "vm") => encodeURIComponent(`${tenant.orgId}:${machineId}`);
  const devices = async () => (await listMachines(world, tenant.orgId)).map(({ summary }) => summary);

  /** Lets time pass while the server watches. */
  async function pass(ms: number): Promise<void> {
    for (let left = ms; left > 0; left -= 10_000) {
      world.clock.advance(10_000);
      await world.runFleetJobs("fleet-presence-clock");
    }
    await world.runFleetJobs("fleet-presence");
  }

  /** Lets a day pass that another server watched. */
  async function passDay(): Promise<void> {
    const ms = 24 * 3_600_000;
    await world.store.transaction((tx) =>
      tx
        .updateTable("presence_clock")
        .set((row) => ({ observed_ms: row("observed_ms", "+", ms) }))
        .execute(),
    );
    world.clock.advance(ms);
    await pass(10_000);
  }

  test("creates a device with presence, health and history from a report, shown as unsigned", async () => {
    expect(await report()).toMatchObject({ status: 200, body: { ok: true } });
    const [device] = await devices();
    expect(device).toMatchObject({
      name: "vm",
      osFamily: "linux",
      osName: "Linux 6.18.44",
      health: { status: "ok", score: 100 },
      metrics: { cpu: 8.6, memory: 3.5, disk: 30 },
      presence: { connection: "online" },
    });
    const { body: detail } = await world.ask("GET", `/api/v1/devices/${device?.id}`, { bearer: tenant.key });
    expect(detail.origin).toEqual({ system: "dashfleet", machineId: "vm", trust: "unsigned, shared key" });
    expect(Date.parse(detail.bootedAt)).toBe(world.clock.now() - 1_224_956);
    world.clock.advance(30_000);
    await report();
    const from = new Date(world.clock.now() - 3_600_000).toISOString();
    const to = new Date(world.clock.now() + 1000).toISOString();
    const path = `/api/v1/devices/${device?.id}/history?metrics=cpu&from=${from}&to=${to}`;
    const { body: history } = await world.ask("GET", path, { bearer: tenant.key });
    expect(JSON.stringify(history)).toContain("8.6");
    expect(await devices()).toHaveLength(1);
  });

  test("lists what the machine sent, with health computed by the server", async () => {
    const lying = originalReport();
    lying.report.health = { score: 1, status: "critical", components: { cpu: 1, ram: 1, disk: 1 } };
    await world.speak("POST", REPORT, { bearer: tenant.agent, body: lying });
    expect(await fleet()).toEqual({
      count: 1,
      expired: [],
      data: [
        {
          id: `${tenant.orgId}:vm`,
          machine_id: "vm",
          org_id: tenant.orgId,
          client: null,
          ts: world.clock.now() / 1000,
          report: originalReport().report,
          status: "ONLINE",
          offline: false,
          offline_duration: 0,
          deleted_at: null,
          os: "Linux",
          architecture: "x86_64",
          python_version: "3.11.2",
          hardware_id: "0x2fc00000001",
        },
      ],
    });
  });

  test("shows a machine that stops reporting as offline, then lists it as expired", async () => {
    await report();
    await pass(660_000);
    const silent = await fleet();
    expect(silent.data[0]).toMatchObject({ status: "OFFLINE", offline: true, offline_duration: 660 });
    expect(silent.expired).toEqual([]);
    await passDay();
    expect((await fleet()).expired).toEqual([`${tenant.orgId}:vm`]);
    expect(await report()).toMatchObject({ status: 200 });
    expect((await fleet()).data[0]).toMatchObject({ status: "ONLINE", offline: false });
  });

  test("treats a ping as a keepalive and a clock, and does not create a machine from it", async () => {
    const body = { machine_id: "vm", hardware_id: "0x2fc00000001", timestamp: 1795163275.3 };
    const timestamp = world.clock.now() / 1000;
    expect(await world.speak("POST", PING, { bearer: tenant.agent, body })).toMatchObject({
      status: 200,
      body: { ok: true, timestamp, server_time_offset: timestamp - 1795163275.3 },
    });
    expect((await fleet()).data[0]).toMatchObject({ status: "ONLINE", offline_duration: 0, report: {} });
    await report();
    world.clock.advance(60_000);
    await world.speak("POST", PING, { bearer: tenant.agent, body });
    expect((await fleet()).data[0]).toMatchObject({
      ts: world.clock.now() / 1000,
      report: { cpu_percent: 8.6 },
    });
  });

  test("lists a deleted machine as deleted, restores it by a report or a request, and removes everything by a purge", async () => {
    await report();
    const operate = (method: string, path: string) => world.speak(method, path, { bearer: tenant.operator });
    expect(await operate("DELETE", `/api/fleet/${idOf()}`)).toMatchObject({
      status: 200,
      body: { ok: true, status: "DELETED" },
    });
    expect((await fleet()).data[0]).toMatchObject({ status: "DELETED" });
    expect(await operate("POST", `/api/fleet/${idOf()}/restore`)).toMatchObject({
      status: 200,
      body: { ok: true, status: "ONLINE" },
    });
    await operate("DELETE", `/api/fleet/${idOf()}`);
    await world.speak("POST", PING, { bearer: tenant.agent, body: { machine_id: "vm" } });
    expect((await fleet()).data[0]).toMatchObject({ status: "DELETED" });
    expect((await report()).status).toBe(200);
    expect((await fleet()).data[0]).toMatchObject({ status: "ONLINE" });
    expect(await operate("DELETE", `/api/fleet/${idOf()}/purge`)).toMatchObject({
      status: 200,
      body: { ok: true, purged: true },
    });
    expect((await fleet()).count).toBe(0);
    const again = await operate("DELETE", `/api/fleet/${idOf()}/purge`);
    expect([again.status, again.body]).toEqual([404, { error: "not found" }]);
  });

  test("writes every change to the audit log, with the key that made it", async () => {
    await report();
    await world.speak("DELETE", `/api/fleet/${idOf()}`, { bearer: tenant.operator });
    const { items } = await world.identity.audit.list(tenant, { limit: 2 });
    expect(items.map(({ action, actor }) => [action, actor.type, actor.name])).toEqual([
      ["device.archived", "compat-key", "dashfleet-operator"],
      ["device.appeared", "compat-key", "dashfleet-agent"],
    ]);
  });

  test("creates one device from simultaneous first reports of one machine", async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => report("twin")));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 200));
    expect((await fleet()).count).toBe(1);
  });

  test("refuses a key that another server revoked with the very next report, although it is cached here", async () => {
    await report();
    const other = await world.addServer();
    const { items } = await other.identity.apiKeys.list(tenant.orgId, { limit: 10 });
    const agent = items.find(({ name }) => name === "dashfleet-agent");
    const by = { actor: { type: "system", id: null, name: "tests" } as const, requestId: null };
    await other.identity.apiKeys.revoke(tenant.orgId, agent?.id ?? "", by);
    const refused = await report();
    expect([refused.status, refused.body]).toEqual([403, { error: "Unauthorized" }]);
  });

  test("keeps machines with the same name in two organizations apart", async () => {
    const other = await makeDashfleetTenant(world);
    await report("vm");
    await report("vm", other.agent);
    await world.speak("DELETE", `/api/fleet/${idOf()}`, { bearer: tenant.operator });
    expect((await fleet(other.operator)).data[0]).toMatchObject({ org_id: other.orgId, status: "ONLINE" });
    const foreign = await world.speak("DELETE", `/api/fleet/${other.orgId}:vm`, { bearer: tenant.operator });
    expect(foreign.status).toBe(404);
    expect((await fleet(other.operator)).data[0]).toMatchObject({ status: "ONLINE" });
  });

  describe("refuses invalid data in DashFleet's format and stores nothing:", () => {
    type Report = ReturnType<typeof originalReport>;
    const broken: [string, (body: Report) => unknown, Record<string, string[]>][] = [
      [
        "an unknown field",
        ({ report: figures, ...rest }) => ({ ...rest, report: { ...figures, alerts: {} } }),
        { alerts: ["Unknown field."] },
      ],
      [
        "no machine",
        ({ report: figures }) => ({ report: figures }),
        {
          machine_id: ["Missing data for required field."],
        },
      ],
      [
        "no figures",
        ({ machine_id }) => ({ machine_id, report: {} }),
        {
          cpu_percent: ["Missing data for required field."],
          ram_percent: ["Missing data for required field."],
          disk_percent: ["Missing data for required field."],
        },
      ],
      [
        "a word for a number",
        (body) => ({ ...body, report: { ...body.report, cpu_percent: "abc" } }),
        { cpu_percent: ["Not a valid number."] },
      ],
      [
        "figures out of range",
        (body) => ({ ...body, report: { ...body.report, cpu_percent: 9999, ram_percent: -5 } }),
        {
          cpu_percent: ["Must be greater than or equal to 0 and less than or equal to 100."],
          ram_percent: ["Must be greater than or equal to 0 and less than or equal to 100."],
        },
      ],
      [
        "markup for a name",
        (body) => ({ ...body, machine_id: "<img src=x onerror=alert(1)>" }),
        { machine_id: ["String does not match expected pattern."] },
      ],
      ["null", (body) => ({ ...body, report: null }), { report: ["Field may not be null."] }],
      ["a list", () => [], { _schema: ["Not a valid mapping type."] }],
    ];
    test.each(broken)("%s", async (_, change, messages) => {
      const answer = await world.speak("POST", REPORT, {
        bearer: tenant.agent,
        body: change(originalReport()),
      });
      expect([answer.status, answer.body]).toEqual([400, { error: messages }]);
      expect((await fleet()).count).toBe(0);
    });

    test("text that is not JSON, contains NUL or is too long", async () => {
      const send = (body: string) => world.speak("POST", REPORT, { bearer: tenant.agent, body });
      expect((await send("{")).status).toBe(400);
      expect((await send(JSON.stringify(originalReport("a\0b")))).status).toBe(400);
      expect((await send(" ".repeat(20_000))).status).toBe(413);
      expect((await fleet()).count).toBe(0);
    });
  });

  test("lists the components of enabled status pages as machines, and nothing of the machines themselves", async () => {
    await report("web-103");
    const shown = async () => {
      const { data } = (await world.speak("GET", "/api/fleet/public")).body;
      return data.filter(({ id }: { id: string }) => id.startsWith(`${title}:`));
    };
    const title = `Page of ${tenant.orgId}`;
    const change = (body: object) =>
      world.speak("PATCH", "/api/v1/status-page", { bearer: tenant.key, body });
    const components = [{ name: "Website", scope: { kind: "organization" } }];
    expect((await change({ title, components })).status).toBe(200);
    expect(await shown()).toEqual([]);
    expect((await change({ isEnabled: true })).status).toBe(200);
    world.clock.advance(5_000);
    const entries = await shown();
    expect(entries).toMatchObject([{ machine_id: "Website", status: "ONLINE", offline: false, report: {} }]);
    expect(JSON.stringify(entries)).not.toContain("web-103");
    await change({ isEnabled: false });
    world.clock.advance(5_000);
    expect(await shown()).toEqual([]);
  });
});
