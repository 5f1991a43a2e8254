import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { sweepAfterUpgrade } from "../../server/src/alerting/evaluation/sweep-after-upgrade.ts";
import { type AlarmRuleWorld, startAlarmRules } from "../harness/alarm-rule-world.ts";
import { type FleetTenant, makeFleetTenant, sendReport, type TestDevice } from "../harness/fleet-server.ts";
import { DIALECTS } from "../harness/test-store.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe.each(DIALECTS)("alarm rules on %s", (dialect) => {
  let world: AlarmRuleWorld;
  let tenant: FleetTenant;
  let device: TestDevice;

  beforeAll(async () => {
    world = await startAlarmRules(dialect);
  });
  afterAll(() => world.remove());
  beforeEach(async () => {
    tenant = await makeFleetTenant(world);
    await deleteDefaults();
    device = await tenant.enrol({ tags: ["web"], classGuess: "server" });
    await report(10);
    await world.pass(30_000);
    world.takeTransitions();
    world.takeEnds();
  });

  const ask = (method: string, path: string, body?: unknown) =>
    world.ask(method, `/api/v1${path}`, { bearer: tenant.key, body });
  async function deleteDefaults() {
    await ask("GET", "/alarm-rules");
    const { orgId } = tenant;
    await world.store.transaction(async (tx) => {
      await tx.deleteFrom("alarm_rules").where("org_id", "=", orgId).execute();
      await tx.updateTable("alarm_rule_sets").set({ version: 2 }).where("org_id", "=", orgId).execute();
    });
    await world.runJobs("alarm-rules");
  }
  async function addRule(
    type: string,
    settings: object,
    more: object = {},
  ): Promise<{ id: string; version: number }> {
    const { status, body } = await ask("POST", "/alarm-rules", {
      name: `A ${type}`,
      type,
      settings,
      ...more,
    });
    expect(status).toBe(201);
    return body;
  }
  const cpuRule = (settings: object = {}, more: object = {}) =>
    addRule("metric", { metric: "cpu", warning: 80, critical: 95, clear: 75, ...settings }, more);
  const report = (cpu: number, more: object = {}, of = device) => {
    const samples = [{ at: world.clock.now(), cpu, memory: 1, disk: 1 }];
    return sendReport(world, of, of.nextReport(world.clock.now(), { samples, ...more }));
  };
  /** One report every half minute. */
  async function reports(...values: number[]) {
    for (const cpu of values) {
      await world.pass(30_000);
      await report(cpu);
    }
    await world.runJobs("alarm-signals");
  }
  const told = () =>
    world
      .takeTransitions()
      .filter(({ orgId }) => orgId === tenant.orgId)
      .map((one) =>
        [one.kind, one.kind === "ended" ? one.reason : one.severity, one.instance].filter(Boolean).join(" "),
      );
  /** Resolves when a transaction waits for a row that another one has locked. */
  const lockAwaited = () =>
    vi.waitFor(async () => {
      const waiting = sql`select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`;
      expect((await waiting.execute(world.store.read)).rows).not.toEqual([]);
    });
  async function stored(): Promise<string | null> {
    const row = await world.store.read
      .selectFrom("device_state as s")
      .innerJoin("devices as d", "d.device_no", "s.device_no")
      .select("s.watch_state")
      .where("d.id", "=", device.id)
      .executeTakeFirstOrThrow();
    return row.watch_state;
  }

  it("opens, escalates, eases, and ends beyond the clear level", async () => {
    const rule = await cpuRule();
    await reports(70, 85, 96, 78, 76);
    expect(world.takeTransitions()).toMatchObject([
      {
        kind: "violated",
        severity: "warning",
        ruleId: rule.id,
        ruleVersion: rule.version,
        deviceId: device.id,
        orgId: tenant.orgId,
        instance: null,
        facts: { value: 85, threshold: 80, count: 1 },
      },
      { kind: "escalated", severity: "critical" },
      { kind: "eased", severity: "warning" },
    ]);
    await reports(74);
    expect(told()).toEqual(["ended cleared"]);
    expect(await stored()).toBeNull();
  });

  it("has an alarm for each file system that the patterns name", async () => {
    await addRule("metric", { metric: "fileSystem.used", instances: ["/srv*"], warning: 90 });
    const series = { fileSystem: { names: ["/", "/srv", "/srv/data"], used: [99, 50, 95] } };
    await world.pass(30_000);
    await report(10, { samples: [{ at: world.clock.now(), cpu: 1, memory: 1, disk: 1, series }] });
    await world.runJobs("alarm-signals");
    expect(told()).toEqual(["violated warning /srv/data"]);
    await reports(10);
    expect(told()).toEqual([]);
    expect(await stored()).toContain("/srv/data");
  });

  it("opens an alarm for a metric that reports do not have any more, without a value", async () => {
    await addRule("no-data", { metric: "temperature", forS: 60 });
    const temperature = (value: number) =>
      report(10, { samples: [{ at: world.clock.now(), cpu: 1, memory: 1, disk: 1, temperature: value }] });
    await world.pass(30_000);
    await temperature(50);
    await reports(10, 10, 10);
    expect(world.takeTransitions()).toMatchObject([
      { kind: "violated", severity: "warning", facts: { text: "temperature", count: 3 } },
    ]);
    await world.pass(30_000);
    await temperature(51);
    await world.runJobs("alarm-signals");
    expect(told()).toEqual(["ended cleared"]);
  });

  it("measures durations in observed time: neither downtime of the server nor its clock opens anything", async () => {
    await cpuRule({ forS: 300 });
    await reports(85, 85);
    world.clock.advance(4 * HOUR);
    await world.restart();
    await reports(85);
    world.clock.step(24 * HOUR);
    await reports(85);
    expect(told()).toEqual([]);
    await reports(85, 85, 85, 85, 85, 85, 85);
    expect(told()).toEqual(["violated warning"]);
  });

  it("opens nothing for samples that come later", async () => {
    await cpuRule();
    await report(99, { lane: "backfill" });
    await world.runJobs("alarm-signals");
    expect(told()).toEqual([]);
    expect(await stored()).toBeNull();
  });

  it("lets the most specific rule decide", async () => {
    await cpuRule({ warning: 50, critical: null, clear: null });
    const forTag = await cpuRule({}, { scope: { kind: "tag", tag: "web" } });
    await reports(60);
    expect(told()).toEqual([]);
    const { body } = await ask("GET", `/devices/${device.id}/alarm-rules`);
    expect(body.items).toMatchObject([
      { rule: { id: forTag.id }, overrides: [{ scope: { kind: "organization" } }] },
    ]);
  });

  it("ends an alarm when its device moves out of the scope of the rule", async () => {
    await cpuRule({}, { scope: { kind: "tag", tag: "web" } });
    await reports(85);
    expect(told()).toEqual(["violated warning"]);
    await ask("PATCH", `/devices/${device.id}`, { tags: ["db"] });
    await world.runJobs("alarm-signals");
    expect(told()).toEqual(["ended rule-changed"]);
    expect(await stored()).toBeNull();
  });

  it("is silent about what is older than the rule until it has ended once", async () => {
    await reports(85);
    await world.pass(1000);
    await cpuRule({}, { ignoresExisting: true });
    await reports(85, 85);
    expect(told()).toEqual([]);
    await reports(70, 85);
    expect(told()).toEqual(["violated warning"]);
  });

  it("does not let an older version of a rule open an alarm", async () => {
    const rule = await cpuRule();
    await world.pass(30_000);
    await report(85);
    const changed = await ask("PATCH", `/alarm-rules/${rule.id}`, {
      settings: { metric: "cpu", warning: 90, forS: 60 },
    });
    expect(changed).toMatchObject({ status: 200, body: { version: 2, settings: { warning: 90 } } });
    await world.runJobs("alarm-signals");
    expect(told()).toEqual([]);
    expect(await stored()).toBeNull();
  });

  it("takes a new name of the rule for no change, and tells the version of now", async () => {
    const rule = await cpuRule();
    await world.pass(30_000);
    await report(85);
    await ask("PATCH", `/alarm-rules/${rule.id}`, { name: "Busy" });
    await world.runJobs("alarm-signals");
    expect(world.takeTransitions()).toMatchObject([{ kind: "violated", ruleVersion: 2 }]);
  });

  it("ends the alarms of a rule that is switched off or deleted, and forgets their state", async () => {
    const rule = await cpuRule();
    await reports(85);
    await ask("PATCH", `/alarm-rules/${rule.id}`, { isEnabled: false });
    expect(world.takeEnds()).toEqual([{ kind: "rule", id: rule.id, reason: "rule-off" }]);
    await world.runJobs("alarm-signals");
    expect(told()).toEqual(["violated warning", "ended rule-off"]);
    expect(await stored()).toBeNull();
    await ask("DELETE", `/alarm-rules/${rule.id}`);
    expect(world.takeEnds()).toEqual([{ kind: "rule", id: rule.id, reason: "rule-removed" }]);
  });

  it("opens an alarm for a device that is offline without an excuse, and ends it when the device is back", async () => {
    await addRule("offline", { forS: 600 });
    await world.pass(12 * MINUTE);
    expect(told()).toEqual([]);
    await world.pass(10 * MINUTE);
    await world.pass(10_000);
    expect(told()).toEqual(["violated critical"]);
    await report(10);
    await world.runJobs("alarm-signals");
    expect(told()).toEqual(["ended cleared"]);
  });

  it("excuses a machine in maintenance", async () => {
    await addRule("offline", {});
    const until = new Date(world.clock.now() + 24 * HOUR).toISOString();
    expect((await ask("PATCH", `/devices/${device.id}`, { maintenanceUntil: until })).status).toBe(200);
    await world.pass(30 * MINUTE);
    expect(told()).toEqual([]);
  });

  it("looks at devices again when the time of a rule has come", async () => {
    await addRule("paused", { forS: 300 });
    await report(10, { paused: { until: null } });
    await world.runJobs("alarm-signals");
    await world.pass(4 * MINUTE);
    expect(told()).toEqual([]);
    await world.pass(MINUTE + 10_000);
    expect(told()).toEqual(["violated warning"]);
  });

  it("opens an alarm for a failed action, and ends it when a later one has succeeded", async () => {
    world.setFailedActions(device.id, ["reboot"]);
    await addRule("action-failed", {});
    await world.runJobs("alarm-signals");
    expect(world.takeTransitions()).toMatchObject([
      { kind: "violated", severity: "warning", facts: { text: "reboot" } },
    ]);
    world.setFailedActions(device.id, []);
    await ask("PATCH", `/devices/${device.id}`, { tags: ["db"] });
    await world.runJobs("alarm-signals");
    expect(told()).toEqual(["ended cleared"]);
  });

  it("looks at all devices once there is a new rule, also at those that do not change", async () => {
    await addRule("agent-outdated", { forS: 0, severity: "info" });
    await world.runJobs("alarm-signals");
    expect(world.takeTransitions()).toMatchObject([
      { kind: "violated", severity: "info", facts: { text: "0.1.0" } },
    ]);
  });

  it("looks at devices again whose rules change while it looks at them", async () => {
    const rule = await addRule("agent-outdated", { forS: 0, severity: "info" });
    const edits: Promise<{ status: number }>[] = [];
    world.during(async () => {
      const edit = ask("PATCH", `/alarm-rules/${rule.id}`, { isEnabled: false });
      edits.push(edit);
      // On SQLite it waits for the end of the transaction in any case.
      if (dialect === "postgres") await Promise.race([edit, lockAwaited()]);
    });
    await world.runJobs("alarm-signals");
    expect(await Promise.all(edits)).toMatchObject([{ status: 200 }]);
    await world.runJobs("alarm-signals");
    expect(told()).toEqual(["violated info", "ended rule-off"]);
  });

  it("looks at the devices of a customer into which one with a rule is merged", async () => {
    const create = async (name: string) => (await ask("POST", "/customers", { name })).body.id;
    const [from, into] = [await create("Alpha"), await create("Beta")];
    const other = await tenant.enrol({ hostname: "web-2", customer: "Beta" });
    await addRule("agent-outdated", { forS: 0 }, { scope: { kind: "customer", customerId: from } });
    await world.runJobs("alarm-signals");
    expect(told()).toEqual([]);
    expect((await ask("POST", `/customers/${from}/merge`, { into })).status).toBe(200);
    await world.runJobs("alarm-signals");
    expect(world.takeTransitions()).toMatchObject([{ kind: "violated", deviceId: other.id }]);
  });

  it("is silent about what a new rule finds, when it is to be", async () => {
    await addRule("agent-outdated", { forS: 0 }, { ignoresExisting: true });
    await world.runJobs("alarm-signals");
    expect(told()).toEqual([]);
  });

  it("ends alarms of an archived device, and those of a removed one", async () => {
    await cpuRule();
    await reports(85);
    expect(told()).toEqual(["violated warning"]);
    await ask("POST", `/devices/${device.id}/archive`);
    await world.runJobs("alarm-signals");
    expect(told()).toEqual(["ended device-archived"]);
    expect(world.takeEnds()).toEqual([{ kind: "device", id: device.id, reason: "device-archived" }]);
    await ask("DELETE", `/devices/${device.id}`);
    await world.runJobs("alarm-signals");
    expect(world.takeEnds()).toEqual([{ kind: "device", id: device.id, reason: "device-removed" }]);
  });

  it("lets alarms follow the name of their device", async () => {
    world.takeFollowed();
    await ask("PATCH", `/devices/${device.id}`, { label: "Web server" });
    await world.runJobs("alarm-signals");
    expect(world.takeFollowed()).toEqual(["Web server"]);
  });

  it("opens an alarm when an agent leaves, which archives its device", async () => {
    await addRule("device-left", {});
    await world.ask("POST", "/api/v1/agent/leave", { bearer: device.bearer });
    await world.runJobs("alarm-signals");
    expect(told()).toEqual(["violated warning"]);
    world.takeEnds();
    await ask("PATCH", `/devices/${device.id}`, { label: "Web server" });
    await world.runJobs("alarm-signals");
    expect([told(), world.takeEnds()]).toEqual([[], []]);
    await ask("POST", `/devices/${device.id}/restore`);
    await world.runJobs("alarm-signals");
    expect(told()).toEqual(["ended cleared"]);
  });

  it("finds agents outdated once the server is newer, without a change of any device", async () => {
    await world.restart("0.1.0");
    await addRule("agent-outdated", { forS: 0, severity: "info" });
    await world.runJobs("alarm-rules", "alarm-signals");
    expect(told()).toEqual([]);
    await world.restart("0.2.0");
    await world.runJobs("alarm-signals");
    expect(told()).toEqual(["violated info"]);
  });

  it("starts the sweep after an upgrade again when the first start was interrupted", async () => {
    await world.restart("0.1.0");
    await addRule("agent-outdated", { forS: 0, severity: "info" });
    await world.runJobs("alarm-signals");
    const { store, clock, identity } = world;
    const killed = { list: () => Promise.reject(new Error("killed")) };
    const upgrade = { store, clock, version: "0.3.0" };
    await expect(sweepAfterUpgrade({ ...upgrade, organizations: killed })).rejects.toThrow("killed");
    world.clock.advance(1_000);
    await sweepAfterUpgrade({ ...upgrade, organizations: identity.organizations });
    await world.restart("0.3.0");
    await world.runJobs("alarm-signals");
    expect(told()).toEqual(["violated info"]);
  });

  it("follows rules that were changed on another server", async () => {
    await world.restart();
    const rule = await cpuRule();
    await reports(85);
    expect(told()).toEqual(["violated warning"]);
    await ask("PATCH", `/alarm-rules/${rule.id}`, { settings: { metric: "cpu", warning: 95 } });
    await reports(86);
    expect(told()).toEqual(["ended rule-changed"]);
  });

  it("says everything once, also when two servers do the same work at the same time", async () => {
    await cpuRule();
    const other = await world.restart();
    await world.pass(30_000);
    await report(85);
    const jobs = [world.alerting, other].flatMap(({ jobs: all }) =>
      all.filter(({ name }) => name === "alarm-signals"),
    );
    await Promise.all(jobs.map((job) => job.run(new AbortController().signal)));
    expect([jobs.length, told()]).toEqual([2, ["violated warning"]]);
  });

  it("loses nothing between the two stages when the server is killed", async () => {
    await cpuRule();
    await world.pass(30_000);
    await report(85);
    await world.restart();
    await world.runJobs("alarm-signals");
    expect(told()).toEqual(["violated warning"]);
    await world.runJobs("alarm-signals");
    expect(told()).toEqual([]);
    await reports(70);
    expect(told()).toEqual(["ended cleared"]);
  });

  it("loses nothing when a transaction of the second stage fails, and does not hold up other devices", async () => {
    await cpuRule();
    const other = await tenant.enrol({ hostname: "web-2" });
    await report(10, {}, other);
    await world.pass(30_000);
    world.failFor(device.id);
    await report(85);
    await report(85, {}, other);
    await world.runJobs("alarm-signals");
    expect(world.takeTransitions()).toMatchObject([{ deviceId: other.id }]);
    world.failFor(null);
    await world.runJobs("alarm-signals");
    expect(world.takeTransitions()).toMatchObject([{ deviceId: device.id, kind: "violated" }]);
  });

  it("gives a signal up that fails again and again", async () => {
    await cpuRule();
    await world.pass(30_000);
    world.failFor(device.id);
    await report(85);
    for (let run = 0; run < 5; run += 1) await world.runJobs("alarm-signals");
    world.failFor(null);
    await world.runJobs("alarm-signals");
    expect(told()).toEqual([]);
  });
});
