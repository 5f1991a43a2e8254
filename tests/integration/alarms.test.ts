import type { Alarm, AlarmDetail, AlarmPage } from "@muster/shared/contracts/alarm.ts";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { AlarmTransition } from "../../server/src/alerting/alarm-transition.ts";
import { createUuidV7Factory } from "../../server/src/platform/crypto/ids.ts";
import { type AlarmServer, type AlarmWorld, startAlarms } from "../harness/alarm-world.ts";
import { type FleetTenant, makeFleetTenant, type TestDevice } from "../harness/fleet-server.ts";
import { shell } from "../harness/identity-server.ts";
import { DIALECTS } from "../harness/test-store.ts";

const makeId = createUuidV7Factory(Date.now);
const MINUTE = 60_000;
type Given = Partial<Pick<AlarmTransition, "instance" | "deviceNo" | "deviceId" | "ruleId">>;
const HOSTILE = `<img src=x onerror=alert(1)> %_\\' "; drop table alarms; --`;

describe.each(DIALECTS)("alarms on %s", (dialect) => {
  let world: AlarmWorld;
  let tenant: FleetTenant;
  let device: TestDevice;
  let deviceNo: number;
  let ruleId: string;
  beforeAll(async () => {
    world = await startAlarms(dialect);
    await world.retentionClock.load();
  });
  afterAll(() => world.remove());
  beforeEach(async () => {
    tenant = await makeFleetTenant(world);
    device = await tenant.enrol({ hostname: "web-1", customer: "Acme" });
    deviceNo = await numberOf(device);
    ruleId = makeId();
    world.rules.set(ruleId, { id: ruleId, name: "CPU high", version: 1, type: "metric", isEnabled: true });
    world.notices.length = 0;
  });

  async function numberOf({ id }: TestDevice): Promise<number> {
    const rows = world.store.read.selectFrom("devices").select("device_no").where("id", "=", id);
    return (await rows.executeTakeFirstOrThrow()).device_no;
  }
  const about = (given: Given = {}) => ({
    orgId: tenant.orgId,
    deviceNo,
    deviceId: device.id,
    ruleId,
    ruleVersion: 1,
    instance: null,
    at: world.clock.now(),
    ...given,
  });
  const facts = { value: 95, threshold: 90, text: "cpu" };
  const violated = (given: Given = {}): AlarmTransition => ({
    kind: "violated",
    severity: "warning",
    facts,
    ...about(given),
  });
  const over = (given: Given = {}): AlarmTransition => ({
    kind: "ended",
    reason: "cleared",
    facts: { value: 10 },
    ...about(given),
  });
  const told = () => world.notices.map(({ kind }) => kind);
  const ask = (method: string, path: string, body?: unknown, bearer = tenant.key) =>
    world.ask(method, `/api/v1/alarms${path}`, { bearer, ...(body !== undefined && { body }) });
  async function list(query = ""): Promise<Alarm[]> {
    const { status, body } = await ask("GET", query);
    expect(status, JSON.stringify(body)).toBe(200);
    return body.items;
  }
  async function only(query = "?state=all"): Promise<Alarm> {
    const [alarm, ...others] = await list(query);
    if (!alarm || others.length > 0) throw new Error("there is not exactly one alarm");
    return alarm;
  }
  const detail = async (id: string): Promise<AlarmDetail> => (await ask("GET", `/${id}`)).body;
  const kinds = async (id: string) => (await detail(id)).timeline.map(({ kind }) => kind);
  async function limitedKey(customerName: string) {
    const page = await world.ask("GET", `/api/v1/customers?search=${customerName}`, { bearer: tenant.key });
    const customerId: string = page.body.items[0].id;
    const { secret } = await world.identity.apiKeys.create(
      tenant.orgId,
      { name: "limited", scopes: ["read", "write"], validDays: null, customerIds: [customerId] },
      { actor: { type: "command-line", id: null, name: "x" }, requestId: null, fixedRole: "owner" },
    );
    return { customerId, secret };
  }

  describe("of rules", () => {
    it("open, count up, escalate and end with their timeline", async () => {
      await world.apply(violated({ instance: "/srv" }));
      await world.apply({ ...violated({ instance: "/srv" }), kind: "continued", severity: "warning", facts });
      await world.apply({
        ...violated({ instance: "/srv" }),
        kind: "escalated",
        severity: "critical",
        facts,
      });
      const alarm = await only("");
      expect(alarm).toMatchObject({
        type: "metric",
        severity: "critical",
        state: "open",
        title: "CPU usage above 90%",
        text: "web-1: CPU usage 95%, limit 90%",
        rule: { id: ruleId, name: "CPU high" },
        device: { id: device.id, name: "web-1" },
        instance: "/srv",
        occurrences: 1,
        violations: 3,
      });
      world.clock.advance(MINUTE);
      await world.apply(over({ instance: "/srv" }));
      expect(await list("")).toEqual([]);
      expect(await only()).toMatchObject({ state: "ended", endReason: "cleared", endedBy: null });
      expect(await kinds(alarm.id)).toEqual(["opened", "escalated", "ended"]);
      expect(told()).toEqual(["opened", "escalated", "ended"]);
      expect(world.notices.map(({ eventNumber }) => eventNumber)).toEqual([1, 2, 3]);
    });

    it("are one for each instance, and reopen within ten minutes", async () => {
      await world.apply(violated({ instance: "/" }), violated({ instance: "/srv" }), violated());
      expect(await list("")).toHaveLength(3);
      await world.apply(over({ instance: "/" }), over({ instance: "/srv" }), over());
      world.clock.advance(10 * MINUTE);
      await world.apply(violated());
      expect(await only("")).toMatchObject({ occurrences: 2 });
      await world.apply(over());
      world.clock.advance(11 * MINUTE);
      await world.apply(violated());
      expect(await only("")).toMatchObject({ occurrences: 1 });
      expect(await list("?state=all")).toHaveLength(4);
    });

    it("are not opened by an older version of a rule, or by one that is off or deleted", async () => {
      const rule = world.rules.get(ruleId);
      if (!rule) throw new Error("no rule");
      world.rules.set(ruleId, { ...rule, version: 2 });
      await world.apply(violated());
      world.rules.set(ruleId, { ...rule, isEnabled: false });
      await world.apply(violated());
      world.rules.delete(ruleId);
      await world.apply(violated());
      expect(await list("?state=all")).toEqual([]);
    });

    it("end also by what an older version of their rule says", async () => {
      await world.apply(violated());
      world.rules.delete(ruleId);
      await world.apply(over());
      expect(await only()).toMatchObject({ state: "ended", endReason: "cleared" });
    });

    it("stay closed after a user resolved them, until their condition cleared once", async () => {
      await world.apply(violated());
      const { id } = await only();
      expect((await ask("POST", `/${id}/resolve`, { note: "known" })).body).toMatchObject({
        state: "ended",
        endReason: "resolved",
        endedBy: "tests",
        isViolating: true,
      });
      await world.apply({ ...violated(), kind: "continued", severity: "warning", facts });
      await world.apply({ ...violated(), kind: "escalated", severity: "critical", facts });
      expect(await list("")).toEqual([]);
      await world.apply(over());
      expect(await only()).toMatchObject({ isViolating: false, endReason: "resolved" });
      world.clock.advance(30 * MINUTE);
      await world.apply(violated());
      expect(await list("")).toHaveLength(1);
    });

    it("become unstable with one notice, and end once they are calm", async () => {
      for (let round = 0; round < 8; round += 1) {
        await world.apply(violated());
        world.clock.advance(MINUTE);
        await world.apply(over());
        world.clock.advance(MINUTE);
      }
      expect(await only()).toMatchObject({ state: "open", isUnstable: true, isViolating: false });
      expect(told().filter((kind) => kind === "unstable")).toHaveLength(1);
      expect(told().at(-1)).toBe("unstable");
      await world.runAlarmJobs("alarms");
      expect(await only()).toMatchObject({ state: "open" });
      world.clock.advance(30 * MINUTE);
      await world.runAlarmJobs("alarms");
      expect(await only()).toMatchObject({ state: "ended", endReason: "cleared", isUnstable: false });
      expect(told().at(-1)).toBe("ended");
    });

    it("end with their rule or device", async () => {
      await world.apply(violated(), violated({ instance: "/" }));
      await world.store.transaction((tx) =>
        world.parts.endAlarmsOfRule(tx, tenant.orgId, ruleId, "rule-removed"),
      );
      expect((await list("?state=ended")).map(({ endReason }) => endReason)).toEqual([
        "rule-removed",
        "rule-removed",
      ]);
      await ask("POST", "", { key: "k", text: "t", deviceId: device.id });
      await world.store.transaction((tx) =>
        world.parts.endAlarmsOfDevice(tx, tenant.orgId, device.id, "device-archived"),
      );
      expect(await list("")).toEqual([]);
    });

    it("open once, whichever of two servers sees it", async () => {
      const other: AlarmServer = await world.addAlarmServer();
      await Promise.all(
        [world, other].flatMap((server) => [server.apply(violated()), server.apply(violated())]),
      );
      expect(await only()).toMatchObject({ occurrences: 1, violations: 4 });
      expect([...told(), ...other.notices.map(({ kind }) => kind)]).toEqual(["opened"]);
    });
  });

  describe("that are muted", () => {
    const maintain = (until: number | null) =>
      world.ask("PATCH", `/api/v1/devices/${device.id}`, {
        bearer: tenant.key,
        body: { maintenanceUntil: until === null ? null : new Date(until).toISOString() },
      });

    it("are announced when the maintenance ends and they still hold", async () => {
      expect((await maintain(world.clock.now() + 10 * MINUTE)).status).toBe(200);
      await world.apply(violated(), violated({ instance: "/" }));
      await world.apply(over({ instance: "/" }));
      await world.runAlarmJobs("alarms");
      expect(told()).toEqual([]);
      expect(await only("")).toMatchObject({ mutedBy: "maintenance" });
      world.clock.advance(11 * MINUTE);
      await world.runAlarmJobs("alarms");
      await world.runAlarmJobs("alarms");
      expect(told()).toEqual(["opened"]);
      const alarm = await only("");
      expect(alarm.mutedBy).toBeNull();
      expect(await kinds(alarm.id)).toEqual(["opened", "released"]);
    });

    it("are announced when a maintenance window ends, and not while it is open", async () => {
      const path = "/api/v1/maintenance-windows";
      const schedule = { kind: "once", startsAt: null, minutes: 10 };
      const window = { name: "Updates", scope: { kind: "devices", deviceIds: [device.id] }, schedule };
      expect((await world.ask("POST", path, { bearer: tenant.key, body: window })).status).toBe(201);
      await world.runJobs("fleet-maintenance-windows");
      await world.apply(violated());
      await world.runAlarmJobs("alarms");
      expect(told()).toEqual([]);
      expect(await only("")).toMatchObject({ mutedBy: "maintenance" });
      world.clock.advance(11 * MINUTE);
      await world.runAlarmJobs("alarms");
      expect(told()).toEqual(["opened"]);
    });

    it("are not announced when the maintenance ends and they are unstable, but over", async () => {
      await maintain(world.clock.now() + 10 * MINUTE);
      for (let change = 0; change < 4; change += 1) await world.apply(violated(), over());
      expect(await only()).toMatchObject({ isUnstable: true, isViolating: false });
      world.clock.advance(11 * MINUTE);
      await world.runAlarmJobs("alarms");
      world.clock.advance(30 * MINUTE);
      await world.runAlarmJobs("alarms");
      expect([(await only()).endReason, told()]).toEqual(["cleared", []]);
    });

    it("are announced when their device is back in the same transaction", async () => {
      const offline = makeId();
      world.rules.set(offline, { id: offline, name: "r", version: 1, isEnabled: true, type: "offline" });
      await world.apply(violated({ ruleId: offline }));
      await world.apply(over({ ruleId: offline }), violated());
      expect(told()).toEqual(["opened", "ended", "opened"]);
    });

    it("include values of an offline device, but never a suspected clone", async () => {
      const [offline, clone] = [makeId(), makeId()];
      const rule = { name: "r", version: 1, isEnabled: true };
      world.rules.set(offline, { ...rule, id: offline, type: "offline" });
      world.rules.set(clone, { ...rule, id: clone, type: "clone-suspected" });
      await world.apply(violated({ ruleId: offline }), violated(), violated({ ruleId: clone }));
      expect(world.notices.map(({ alarm }) => alarm.type)).toEqual(["offline", "clone-suspected"]);
      expect((await list("?type=metric"))[0]).toMatchObject({ mutedBy: "device-offline" });
      await maintain(world.clock.now() + MINUTE);
      world.rules.set(clone, { ...rule, id: clone, type: "clone-suspected" });
      await world.apply(over({ ruleId: clone }), over({ ruleId: offline }));
      world.clock.advance(2 * MINUTE);
      await world.runAlarmJobs("alarms");
      expect(told()).toEqual(["opened", "opened", "ended", "ended", "opened"]);
      expect(world.notices.at(-1)?.alarm.type).toBe("metric");
    });
  });

  describe("that members act on", () => {
    it("are acknowledged, assigned, commented, snoozed and come back in time", async () => {
      await world.apply(violated());
      const { id } = await only();
      const until = new Date(world.clock.now() + MINUTE).toISOString();
      expect((await ask("POST", `/${id}/acknowledge`, { note: "on it", until })).body).toMatchObject({
        acknowledgement: { by: "tests", until },
      });
      expect(await list("?acknowledged=false")).toEqual([]);
      expect((await ask("POST", `/${id}/snooze`, { until })).body).toMatchObject({ mutedBy: "snooze" });
      expect((await ask("POST", `/${id}/assign`, { userId: makeId() })).status).toBe(400);
      expect((await ask("POST", `/${makeId()}/assign`, { userId: makeId() })).status).toBe(404);
      expect((await ask("POST", `/${id}/assign`, { userId: null })).status).toBe(200);
      expect((await ask("POST", `/${id}/comment`, { note: HOSTILE })).body.timeline.at(-1).note).toBe(
        HOSTILE,
      );
      world.clock.advance(MINUTE);
      await world.runAlarmJobs("alarms");
      await world.runAlarmJobs("alarms");
      expect(await only()).toMatchObject({ acknowledgement: null, snoozedUntil: null, mutedBy: null });
      expect(told().filter((kind) => kind === "reminder")).toHaveLength(2);
      const { items } = await world.identity.audit.list(tenant, { limit: 10 });
      expect(items.map(({ action }) => action)).toEqual(
        expect.arrayContaining(["alarm.acknowledged", "alarm.snoozed", "alarm.commented"]),
      );
    });

    it("are refused with a reason", async () => {
      await world.apply(violated());
      const { id } = await only();
      const past = new Date(world.clock.now() - 1).toISOString();
      expect((await ask("POST", `/${id}/snooze`, { until: past })).status).toBe(409);
      expect((await ask("POST", `/${id}/unacknowledge`, {})).status).toBe(409);
      expect((await ask("POST", `/${id}/comment`, { note: " " })).status).toBe(400);
      expect((await ask("POST", `/${makeId()}/resolve`, {})).status).toBe(404);
      await ask("POST", `/${id}/resolve`, {});
      expect((await ask("POST", `/${id}/acknowledge`, {})).status).toBe(409);
    });

    it("are changed in bulk, each for itself", async () => {
      await world.apply(violated(), violated({ instance: "/" }));
      const ids = (await list("")).map(({ id }) => id);
      const unknown = "019ab3c4-5d6e-7f80-9a1b-2c3d4e5f6071";
      await ask("POST", `/${ids[0]}/resolve`, {});
      const { body } = await ask("POST", "/bulk", {
        ids: [...ids, unknown],
        action: { kind: "acknowledge" },
      });
      expect(body.changed).toEqual([ids[1]]);
      expect(body.refused).toEqual([
        { id: ids[0], reason: "ended", message: "It has ended." },
        { id: unknown, reason: "not-found", message: "There is no such alarm." },
      ]);
    });
  });

  describe("from outside", () => {
    it("open, count up and end by their key, with hostile text", async () => {
      const alarm = { key: HOSTILE, text: HOSTILE, severity: "critical", deviceId: device.id };
      const first = (await ask("POST", "", alarm)).body.alarms[0];
      await ask("POST", "", alarm);
      expect(await only()).toMatchObject({
        id: first.id,
        type: "reported",
        title: HOSTILE,
        text: `web-1: ${HOSTILE}`,
        violations: 2,
        customerId: expect.any(String),
      });
      expect(await list(`?search=${encodeURIComponent("%_\\'")}`)).toHaveLength(1);
      expect(await list("?search=%25%25%25x")).toEqual([]);
      expect((await ask("POST", "", { ...alarm, state: "ended" })).body.alarms).toEqual([
        { id: first.id, key: HOSTILE, state: "ended" },
      ]);
      expect((await ask("POST", "", { ...alarm, state: "ended" })).body.alarms).toEqual([]);
      expect((await detail(first.id)).timeline.map(({ kind, by }) => [kind, by?.name])).toEqual([
        ["opened", "tests"],
        ["ended", "tests"],
      ]);
    });

    it("stay quiet after a user closed them, until they ended or were not reported for twelve hours", async () => {
      const report = (state = "open") => ask("POST", "", { key: "backup", text: "Backup failed", state });
      const { id } = (await report()).body.alarms[0];
      await ask("POST", `/${id}/resolve`, {});
      expect((await report()).body.alarms).toEqual([{ id, key: "backup", state: "ended" }]);
      world.clock.advance(11 * 60 * MINUTE);
      await report();
      expect(await list("")).toEqual([]);
      world.clock.advance(12 * 60 * MINUTE);
      await report();
      const [alarm] = await list("");
      await ask("POST", `/${alarm?.id}/resolve`, {});
      await report("ended");
      await report();
      expect(await list("")).toHaveLength(1);
      expect((await detail(id)).isViolating).toBe(false);
    });

    it("open once under one key, however many requests and servers report it", async () => {
      const other = await world.addAlarmServer();
      const answers = await Promise.all(
        [world, other, world, other].map((server) =>
          server.ask("POST", "/api/v1/alarms", { bearer: tenant.key, body: { key: "k", text: "t" } }),
        ),
      );
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
      expect(await only()).toMatchObject({ violations: 4 });
    });

    it("come from Alertmanager", async () => {
      const alert = (status: string, more: object = {}) => ({
        status,
        labels: { alertname: "DiskFull", severity: "page", instance: "db-1:9100", ...more },
        annotations: { summary: "Disk\nfull" },
        startsAt: "2026-11-30T09:00:00Z",
        endsAt: "0001-01-01T00:00:00Z",
        generatorURL: "http://prometheus:9090/graph",
        fingerprint: "c0ffee",
      });
      const notification = (...alerts: object[]) => ({
        version: "4",
        groupKey: '{}:{alertname="DiskFull"}',
        truncatedAlerts: 0,
        status: "firing",
        receiver: "muster",
        groupLabels: {},
        commonLabels: {},
        commonAnnotations: {},
        externalURL: "http://alertmanager:9093",
        alerts,
      });
      await ask("POST", "/alertmanager", notification(alert("firing")));
      expect(await only()).toMatchObject({ severity: "critical", title: "Disk full", instance: "db-1:9100" });
      await ask("POST", "/alertmanager", notification(alert("resolved")));
      expect(await only()).toMatchObject({ state: "ended" });
      expect((await ask("POST", "/alertmanager", { version: "3", alerts: [] })).status).toBe(400);
    });

    it("must be about something that exists", async () => {
      const report = (target: object) => ask("POST", "", { key: "k", text: "t", ...target });
      expect((await report({ deviceId: makeId() })).status).toBe(400);
      expect((await report({ customerId: makeId() })).status).toBe(400);
      expect(await list("?state=all")).toEqual([]);
    });
  });

  describe("within a customer limit", () => {
    it("are those of the customers, to read, change and report", async () => {
      const foreign = await tenant.enrol({ hostname: "db-1", customer: "Zeta" });
      const foreignNo = await numberOf(foreign);
      await world.apply(violated(), violated({ deviceNo: foreignNo, deviceId: foreign.id }));
      await ask("POST", "", { key: "shared", text: "t" });
      const { customerId, secret } = await limitedKey("Acme");
      const asLimited = (method: string, path: string, body?: unknown) => ask(method, path, body, secret);
      expect((await asLimited("GET", "")).body.items.map((one: Alarm) => one.device?.id)).toEqual([
        device.id,
      ]);
      expect((await asLimited("GET", "/summary")).body).toMatchObject({ total: 1, warning: 1 });
      const hidden = (await list(`?deviceId=${foreign.id}`))[0]?.id ?? "";
      expect((await asLimited("GET", `/${hidden}`)).status).toBe(404);
      expect((await asLimited("POST", `/${hidden}/resolve`, {})).status).toBe(404);
      const bulk = { ids: [hidden], action: { kind: "resolve" } };
      expect((await asLimited("POST", "/bulk", bulk)).body.changed).toEqual([]);
      const report = (target: object) =>
        asLimited("POST", "", { key: "shared", text: "t", state: "ended", ...target });
      expect((await report({})).status).toBe(400);
      expect((await report({ deviceId: foreign.id })).status).toBe(400);
      expect((await report({ customerId })).body.alarms).toEqual([]);
      expect(await list("?type=reported")).toHaveLength(1);
    });

    it("follow their device to another customer while they are open", async () => {
      await world.apply(violated(), violated({ instance: "/" }));
      await world.apply(over({ instance: "/" }));
      const { customerId } = await limitedKey("Acme");
      const name = "renamed";
      const moved = { orgId: tenant.orgId, deviceId: device.id, customerId: null, name };
      await world.store.transaction((tx) => world.parts.followDevices(tx, [moved]));
      expect(await only("")).toMatchObject({ customerId: null, device: { name } });
      expect(await only("?state=ended")).toMatchObject({ customerId, device: { name: "web-1" } });
      expect([await list(`?search=${name}`), await list("?search=web-1")]).toMatchObject([[{}], []]);
    });

    it("belong to the customer of now when they come back", async () => {
      const report = (state: string) =>
        ask("POST", "", { key: "backup", text: "Backup failed", deviceId: device.id, state });
      await report("open");
      await report("ended");
      await world.apply(violated());
      await world.apply(over());
      const change = { customerId: null, label: "Moved" };
      const path = `/api/v1/devices/${device.id}`;
      expect((await world.ask("PATCH", path, { bearer: tenant.key, body: change })).status).toBe(200);
      await report("open");
      await world.apply(violated());
      const { secret } = await limitedKey("Acme");
      expect((await ask("GET", "", undefined, secret)).body.items).toEqual([]);
      const found = await list("?search=moved");
      expect(found.map(({ type, device: of }) => `${type} ${of?.name}`).toSorted()).toEqual([
        "metric Moved",
        "reported Moved",
      ]);
    });

    it("move with a merged customer", async () => {
      const customers = await world.ask("GET", "/api/v1/customers", { bearer: tenant.key });
      const from: string = customers.body.items[0].id;
      const into = (
        await world.ask("POST", "/api/v1/customers", { bearer: tenant.key, body: { name: "New" } })
      ).body.id;
      await world.apply(violated());
      await world.ask("POST", `/api/v1/customers/${from}/merge`, { bearer: tenant.key, body: { into } });
      expect(await only()).toMatchObject({ customerId: into });
    });
  });

  it("are found by their ids, and by the time at which they opened", async () => {
    const openedAt = new Map<string, string>();
    for (const name of ["a", "b", "c"]) {
      await world.apply(violated({ instance: name }));
      openedAt.set(name, new Date(world.clock.now()).toISOString());
      world.clock.advance(MINUTE);
    }
    const named = async (query: string) =>
      (await list(`${query}&sort=opened&order=asc`)).map(({ instance }) => instance);
    const ids = (await list("")).filter(({ instance }) => instance !== "b").map(({ id }) => id);
    expect(await named(`?ids=${ids.join(",")}`)).toEqual(["a", "c"]);
    expect(await named(`?ids=${ids.join(",")}&severity=critical`)).toEqual([]);
    const from = `openedFrom=${openedAt.get("b")}`;
    expect(await named(`?${from}`)).toEqual(["b", "c"]);
    expect(await named(`?${from}&openedTo=${openedAt.get("c")}&deviceId=${device.id}`)).toEqual(["b"]);
    expect((await list("")).map(({ customer }) => customer)).toEqual(["Acme", "Acme", "Acme"]);
    expect((await ask("GET", "?openedFrom=yesterday")).status).toBe(400);
  });

  it("can be assigned to the members, whose names a caller with a limit does not get", async () => {
    const assignees = (bearer: string) => world.ask("GET", "/api/v1/alarm-assignees", { bearer });
    const member = {
      name: "Ann",
      email: `${makeId()}@x.example`,
      role: "viewer",
      password: "kettle-orbit-mango",
    } as const;
    await world.identity.users.create(tenant.orgId, member, shell);
    const { items } = (await assignees(tenant.key)).body;
    await world.apply(violated());
    const { id } = await only();
    const assigned = await ask("POST", `/${id}/assign`, { userId: items[0].id });
    expect(assigned.body.assignee).toEqual(items[0]);
    const { secret } = await limitedKey("Acme");
    expect((await assignees(secret)).status).toBe(403);
  });

  it("are listed in pages by each order", async () => {
    for (const [index, severity] of (["info", "critical", "warning", "critical"] as const).entries()) {
      await ask("POST", "", { key: `k${index}`, text: `t${index}`, severity });
      world.clock.advance(1);
    }
    async function pages(query: string): Promise<string[]> {
      const titles: string[] = [];
      for (let cursor = ""; titles.length < 10; ) {
        const { status, body } = await ask("GET", `?limit=1&${query}${cursor}`);
        expect(status).toBe(200);
        const page: AlarmPage = body;
        titles.push(...page.items.map(({ title }) => title));
        if (page.nextCursor === null) return titles;
        cursor = `&cursor=${page.nextCursor}`;
      }
      return titles;
    }
    expect(await pages("")).toEqual(["t3", "t1", "t2", "t0"]);
    expect(await pages("order=asc")).toEqual(["t0", "t2", "t1", "t3"]);
    expect(await pages("sort=opened&state=all")).toEqual(["t3", "t2", "t1", "t0"]);
    expect(await pages("severity=critical,info")).toEqual(["t3", "t1", "t0"]);
    await ask("POST", "", { key: "k2", text: "t2", state: "ended" });
    expect(await pages("sort=ended")).toEqual(["t2"]);
    const { body } = await ask("GET", "?limit=1");
    expect((await ask("GET", `?sort=opened&cursor=${body.nextCursor}`)).status).toBe(400);
    expect((await ask("GET", "/summary?state=all")).body).toEqual({
      total: 4,
      info: 1,
      warning: 1,
      critical: 2,
      acknowledged: 0,
      snoozed: 0,
      unstable: 0,
    });
  });

  it("are found by being snoozed or unstable", async () => {
    for (const key of ["calm", "quiet", "restless"]) await ask("POST", "", { key, text: key });
    const [quiet] = (await list("")).filter(({ title }) => title === "quiet");
    const until = new Date(world.clock.now() + MINUTE).toISOString();
    await ask("POST", `/${quiet?.id}/snooze`, { until });
    for (let change = 0; change < 4; change += 1) {
      for (const state of ["ended", "open"]) {
        world.clock.advance(1000);
        await ask("POST", "", { key: "restless", text: "restless", state });
      }
    }
    const titles = async (query: string) => (await list(`?${query}`)).map(({ title }) => title).toSorted();
    expect(await titles("snoozed=true")).toEqual(["quiet"]);
    expect(await titles("unstable=true")).toEqual(["restless"]);
    expect(await titles("snoozed=false&unstable=false")).toEqual(["calm"]);
    expect((await ask("GET", "/summary")).body).toMatchObject({ total: 3, snoozed: 1, unstable: 1 });
    expect((await ask("GET", "/summary?snoozed=false")).body).toMatchObject({ total: 2, snoozed: 0 });
    world.clock.advance(MINUTE);
    expect(await titles("snoozed=true")).toEqual([]);
    expect((await ask("GET", "/summary")).body).toMatchObject({ snoozed: 0, unstable: 1 });
    await ask("POST", "", { key: "quiet", text: "quiet", state: "ended" });
  });

  it("stand for a suspected outage as long as it holds the devices", async () => {
    const hold = {
      org_id: tenant.orgId,
      site: "",
      devices: 20,
      since: world.clock.now(),
      missed_from: 1,
      detected_at: 1,
    };
    const setHold = (isHeld: boolean) =>
      world.store.transaction(async (tx) => {
        await tx.deleteFrom("presence_holds").where("org_id", "=", tenant.orgId).execute();
        if (isHeld) await tx.insertInto("presence_holds").values(hold).execute();
      });
    await setHold(true);
    await world.runAlarmJobs("alarms");
    await world.runAlarmJobs("alarms");
    const { id } = await only("");
    expect(await only("")).toMatchObject({
      type: "outage",
      severity: "critical",
      violations: 1,
      customerId: null,
    });
    await ask("POST", `/${id}/resolve`, {});
    await world.runAlarmJobs("alarms");
    expect(await list("")).toEqual([]);
    await setHold(false);
    await world.runAlarmJobs("alarms");
    world.clock.advance(20 * MINUTE);
    await setHold(true);
    await world.runAlarmJobs("alarms");
    expect(await list("")).toHaveLength(1);
    await setHold(false);
    await world.runAlarmJobs("alarms");
    expect(await list("")).toEqual([]);
    expect(told()).toEqual(["opened", "ended", "opened", "ended"]);
  });

  it("are deleted with their timelines a year after their end", async () => {
    await ask("POST", "", { key: "a", text: "a" });
    await ask("POST", "", { key: "b", text: "b" });
    await ask("POST", "", { key: "a", text: "a", state: "ended" });
    const year = 365 * 86_400_000;
    const { advance } = world.retentionClock;
    const runAt = async (now: number) => {
      world.retentionClock.advance = async () => now;
      await world.runAlarmJobs("alarm-retention");
    };
    await runAt(world.clock.now() + year);
    expect(await list("?state=all")).toHaveLength(2);
    await runAt(world.clock.now() + year + 1);
    world.retentionClock.advance = advance;
    expect((await list("?state=all")).map(({ title }) => title)).toEqual(["b"]);
    const events = world.store.read.selectFrom("alarm_events").selectAll().where("org_id", "=", tenant.orgId);
    expect(await events.execute()).toHaveLength(1);
  });

  it("are announced to pages after the commit of others", async () => {
    const hints: string[][] = [];
    const stop = world.events.subscribe("alarm.changed", ({ orgId, ids }) => {
      if (orgId === tenant.orgId) hints.push([...ids]);
    });
    await world.apply(violated());
    const { id } = await only();
    expect(hints).toEqual([]);
    await world.runAlarmJobs("alarm-hints");
    expect(hints).toEqual([]);
    await world.runAlarmJobs("alarm-hints");
    expect(hints).toEqual([[id]]);
    await ask("POST", `/${id}/resolve`, {});
    expect(hints).toEqual([[id], [id]]);
    stop();
  });
});
