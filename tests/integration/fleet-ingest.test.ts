import { gzipSync } from "node:zlib";
import type { DeviceServices } from "@muster/shared/contracts/service.ts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  epochChange,
  type FleetTenant,
  type FleetWorld,
  makeFleetTenant,
  sendReport,
  startFleet,
  type TestDevice,
} from "../harness/fleet-server.ts";
import { fullReport } from "../../server/src/fleet/ingest/report.fixture.ts";
import { DIALECTS } from "../harness/test-store.ts";

describe.each(DIALECTS)("reports on %s", (dialect) => {
  let world: FleetWorld;
  let tenant: FleetTenant;

  beforeAll(async () => {
    world = await startFleet(dialect);
    tenant = await makeFleetTenant(world);
  });
  afterAll(() => world.remove());

  const detail = async (device: TestDevice) =>
    (await world.ask("GET", `/api/v1/devices/${device.id}`, { bearer: tenant.key })).body;
  const send = (device: TestDevice, report: unknown) => sendReport(world, device, report);
  const journal = async () => {
    const { rows } = await world.store.read
      .selectFrom("journal")
      .select(({ fn }) => fn.countAll<number>().as("rows"))
      .executeTakeFirstOrThrow();
    return rows;
  };

  test("list a device that enrolled and reported with its health", async () => {
    const device = await tenant.enrol({ hostname: "db-1" });
    expect((await detail(device)).presence.shown).toBe("waiting");
    const answer = await send(device, device.nextReport(world.clock.now()));
    expect(answer).toEqual({ status: 200, body: { stored: true } });
    const page = await world.ask("GET", "/api/v1/devices", { bearer: tenant.key });
    const row = page.body.items.find(({ id }: { id: string }) => id === device.id);
    expect(row).toMatchObject({
      name: "db-1",
      presence: { shown: "online", connection: "online", isAbsent: false },
      health: { status: "ok", score: 100 },
      metrics: { cpu: 10, memory: 30, disk: 40, diskFree: 50e9 },
    });
  });

  test("are stored once if repeated, and refused if another one has their number", async () => {
    const device = await tenant.enrol();
    const report = device.nextReport(world.clock.now());
    expect((await send(device, report)).body).toEqual({ stored: true });
    const rows = await journal();
    expect((await send(device, report)).body).toEqual({ stored: false });
    const resent = { ...report, sentAt: report.sentAt + 5000 };
    expect((await send(device, resent)).body).toEqual({ stored: false });
    const other = { ...report, samples: [{ at: report.sentAt, cpu: 99, memory: 30, disk: 40 }] };
    expect(await send(device, other)).toMatchObject({ status: 409, body: { error: { code: "conflict" } } });
    expect(await journal()).toBe(rows);
    expect((await detail(device)).metrics.cpu).toBe(10);
  });

  test('are answered "behind" for an outdated number, and begin another epoch that the device signed', async () => {
    const device = await tenant.enrol();
    const [first, second] = [device.nextReport(world.clock.now()), device.nextReport(world.clock.now())];
    expect((await send(device, second)).body.stored).toBe(true);
    const behind = await send(device, first);
    expect(behind).toMatchObject({
      status: 409,
      body: { error: { code: "behind", numbering: { epoch: "epoch1", sequence: 2 } } },
    });
    const change = epochChange(device, behind, "epoch2");
    const answer = await send(device, { ...first, epoch: "epoch2", epochChange: change });
    expect(answer.body.stored).toBe(true);
  });

  test("begin another epoch unsigned, as for an agent that lost its outbox", async () => {
    const device = await tenant.enrol();
    const report = device.nextReport(world.clock.now());
    expect((await send(device, report)).body.stored).toBe(true);
    expect((await send(device, { ...report, epoch: "epoch2" })).body.stored).toBe(true);
  });

  test("are answered with the organization's settings for agents until they are applied", async () => {
    const own = await makeFleetTenant(world);
    const device = await own.enrol();
    const next = async (policyId?: string) =>
      (await send(device, device.nextReport(world.clock.now(), { policyId }))).body;
    const decide = async (longestPauseS: number | null) => {
      const by = { bearer: own.key, body: { longestPauseS } };
      expect(await world.ask("PATCH", "/api/v1/organization", by)).toMatchObject({
        status: 200,
        body: { longestPauseS },
      });
    };

    const { policy } = await next();
    expect(policy).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{8}$/),
      longestPauseS: null,
      keptDays: { samples: 30, fiveMinutes: 90, hours: 730 },
    });
    expect(await next(policy.id)).toEqual({ stored: true });
    for (const longestPauseS of [3600, 0]) {
      await decide(longestPauseS);
      const changed = (await next(policy.id)).policy;
      expect(changed).toEqual({ ...policy, id: expect.not.stringMatching(policy.id), longestPauseS });
      expect(await next(changed.id)).toEqual({ stored: true });
    }
    await decide(null);
    expect((await next("00000000")).policy).toEqual(policy);
    const late = device.nextReport(world.clock.now(), { lane: "backfill", policyId: undefined });
    expect((await send(device, late)).body).toEqual({ stored: true });
    const refused = { bearer: own.key, body: { longestPauseS: -1 } };
    expect((await world.ask("PATCH", "/api/v1/organization", refused)).status).toBe(400);
  });

  test("tells an agent which file systems members excluded, until it follows", async () => {
    const device = await tenant.enrol();
    const other = await tenant.enrol();
    const next = async (policyId?: string, of = device) =>
      (await send(of, of.nextReport(world.clock.now(), { policyId }))).body;
    const { policy } = await next();
    const change = (verb: string, mount: string) =>
      world.ask("POST", `/api/v1/devices/${device.id}/${verb}-mount`, {
        bearer: tenant.key,
        body: { mount },
      });

    expect((await change("exclude", "/srv")).status).toBe(200);
    const report = device.nextReport(world.clock.now(), { policyId: policy.id });
    const first = (await send(device, report)).body;
    expect(first.policy).toEqual({
      ...policy,
      id: expect.not.stringMatching(policy.id),
      excludedMounts: ["/srv"],
    });
    expect((await send(device, report)).body).toEqual({ stored: false, policy: first.policy });
    expect(await next(first.policy.id)).toEqual({ stored: true });
    expect(await next(policy.id, other)).toEqual({ stored: true });
    await change("include", "/srv");
    expect((await next(first.policy.id)).policy).toEqual(policy);
  });

  test("show a pause beyond what is allowed unchanged", async () => {
    const own = await makeFleetTenant(world);
    await world.ask("PATCH", "/api/v1/organization", { bearer: own.key, body: { longestPauseS: 0 } });
    const device = await own.enrol();
    const now = world.clock.now();
    const until = now + 7 * 86_400_000;
    await send(device, device.nextReport(now, { samples: [], paused: { until } }));
    const { body } = await world.ask("GET", `/api/v1/devices/${device.id}`, { bearer: own.key });
    expect(body.presence.paused).toEqual({ until: new Date(until).toISOString() });
  });

  test("are stored exactly once each when many arrive at the same time", async () => {
    const devices = await Promise.all(
      Array.from({ length: 20 }, (_, index) => tenant.enrol({ hostname: `burst-${index}` })),
    );
    const before = await journal();
    const reports = devices.flatMap((device) => {
      const own = Array.from({ length: 5 }, () => device.nextReport(world.clock.now()));
      return [...own, ...own].map((report) => ({ device, report }));
    });
    const answers = await Promise.all(reports.map(({ device, report }) => send(device, report)));
    // What another report overtook is answered behind, and stored neither then nor twice.
    const refused = answers.filter(({ status }) => status !== 200);
    for (const { body } of refused) expect(body.error.code).toBe("behind");
    const stored = answers.filter(({ body }) => body.stored).length;
    expect(await journal()).toBe(before + stored);
    for (const device of devices) {
      expect((await detail(device)).presence.connection).toBe("online");
    }
  });

  test("distinguish who is logged in, that nobody is, and that it is not known", async () => {
    const device = await tenant.enrol();
    const told = async (facts: object) => {
      await send(device, device.nextReport(world.clock.now(), { facts }));
      const { user, isUserKnown } = await detail(device);
      return { user, isUserKnown };
    };
    const unread = { skipped: [{ collector: "session", reason: "no message bus" }] };
    expect(await detail(device)).toMatchObject({ user: null, isUserKnown: false });
    expect(await told({ user: "ann" })).toEqual({ user: "ann", isUserKnown: true });
    expect(await told({ user: null })).toEqual({ user: null, isUserKnown: true });
    expect(await told(unread)).toEqual({ user: null, isUserKnown: false });
  });

  test("do not change presence and current health by backfill", async () => {
    const device = await tenant.enrol();
    const now = world.clock.now();
    const samples = Array.from({ length: 50 }, (_, index) => ({
      at: now - 3_600_000 + index * 30_000,
      cpu: 100,
      memory: 100,
      disk: 100,
    }));
    const report = { ...device.nextReport(now), lane: "backfill", samples };
    expect((await send(device, report)).body).toEqual({ stored: true });
    expect(await detail(device)).toMatchObject({
      presence: { connection: "waiting" },
      health: { status: "unknown" },
    });
    const from = new Date(now - 7_200_000).toISOString();
    const to = new Date(now).toISOString();
    const history = await world.ask("GET", `/api/v1/devices/${device.id}/history?from=${from}&to=${to}`, {
      bearer: tenant.key,
    });
    expect(history.body.series.cpu.avg.filter((value: number | null) => value === 100)).toHaveLength(50);
  });

  test.each([
    ["1970", 0],
    ["2200", 7_258_118_400_000],
    ["the end of time", 8.64e15],
  ])(
    "are accepted from a device whose clock says %s, in time, and charted in server time",
    async (_, clock) => {
      const device = await tenant.enrol();
      const report = device.nextReport(clock, {
        samples: [{ at: Math.max(0, clock - 1000), cpu: 20, memory: 30, disk: 40 }],
      });
      expect((await send(device, report)).body).toEqual({ stored: true });
      const seen = await detail(device);
      expect(seen.presence.connection).toBe("online");
      expect(seen.lastReportAt).toBe(new Date(world.clock.now()).toISOString());
      expect(seen.metrics.cpu).toBe(20);
    },
  );

  test("have samples out of range refused and the rest stored, and count as contact", async () => {
    const device = await tenant.enrol();
    const now = world.clock.now();
    const old = { at: now - 74 * 3_600_000, cpu: 90, memory: 90, disk: 90 };
    const mixed = device.nextReport(now, { samples: [old, { at: now, cpu: 11, memory: 30, disk: 40 }] });
    expect((await send(device, mixed)).body).toEqual({ stored: true, refusedSamples: 1 });
    world.clock.advance(1000);
    const none = device.nextReport(now + 1000, { samples: [old, { at: now + 500_000, cpu: 1 }] });
    expect((await send(device, none)).body).toEqual({ stored: true, refusedSamples: 2 });
    const seen = await detail(device);
    expect(seen.metrics.cpu).toBe(11);
    expect(seen.lastReportAt).toBe(new Date(world.clock.now()).toISOString());
  });

  test("update inventory and facts, and are answered with a request for a missing inventory", async () => {
    const device = await tenant.enrol();
    const now = world.clock.now();
    const { inventory, inventoryHash, facts } = fullReport;
    const asked = await send(device, device.nextReport(now, { inventoryHash }));
    expect(asked.body).toEqual({ stored: true, wantInventory: true });
    const given = device.nextReport(now, {
      inventoryHash,
      inventory,
      facts: { ...facts, idleSince: now - 60_000 },
    });
    expect((await send(device, given)).body).toEqual({ stored: true });
    expect(await detail(device)).toMatchObject({
      hostname: inventory?.hostname,
      osName: inventory?.os.name,
      serial: "8XK2L93",
      address: "192.0.2.17",
      user: "ada",
      class: "desktop",
      rebootRequired: true,
      diskMount: "/",
      hungFileSystems: ["/mnt/nas"],
      skipped: [{ collector: "temperature", reason: "no sensor" }],
      idleSince: new Date(now - 60_000).toISOString(),
      inventory: { hostname: "front-desk-2" },
    });
    const found = await world.ask("GET", "/api/v1/devices?search=8xk2l93%20ADA", { bearer: tenant.key });
    expect(found.body.items.map(({ id }: { id: string }) => id)).toEqual([device.id]);
    expect((await send(device, device.nextReport(now, { inventoryHash }))).body).toEqual({ stored: true });
  });

  test("keep the services until others are reported, and the time of their last change", async () => {
    const device = await tenant.enrol();
    expect(await detail(device)).toMatchObject({ services: null, servicesAt: null });
    const services: DeviceServices = {
      list: [{ name: "<b>nginx</b>.service", state: "failed", exitCode: 1 }],
      total: 300,
    };
    await send(device, device.nextReport(world.clock.now(), { facts: { services } }));
    const first = await detail(device);
    expect(first).toMatchObject({ services, servicesAt: expect.any(String) });
    world.clock.advance(60_000);
    await send(device, device.nextReport(world.clock.now(), { facts: { user: "ada", services } }));
    expect((await detail(device)).servicesAt).toBe(first.servicesAt);
    const changed: DeviceServices = { list: [{ name: "nginx.service", state: "running" }], total: 1 };
    await send(device, device.nextReport(world.clock.now(), { facts: { services: changed } }));
    expect((await detail(device)).services).toEqual(changed);
  });

  test("show last words and pauses until the next ordinary report", async () => {
    const device = await tenant.enrol({ classGuess: "laptop" });
    const now = world.clock.now();
    await send(device, device.nextReport(now, { samples: [], lastWord: "asleep", paused: { until: null } }));
    expect((await detail(device)).presence).toMatchObject({ shown: "asleep", paused: { until: null } });
    await send(device, device.nextReport(now));
    expect((await detail(device)).presence).toMatchObject({ shown: "online", paused: null, lastWord: null });
  });

  test("are answered with the interval that the organization requires", async () => {
    const device = await tenant.enrol();
    const report = device.nextReport(world.clock.now(), { intervalS: 60 });
    expect((await send(device, report)).body).toEqual({ stored: true, intervalS: 30 });
  });

  test("raise attention for a status only after it has lasted five minutes", async () => {
    const device = await tenant.enrol();
    const bad = { cpu: 100, memory: 100, disk: 50 };
    await world.runJobs("fleet-presence-clock");
    const levels: string[] = [];
    for (let seconds = 0; seconds <= 330; seconds += 30) {
      await send(
        device,
        device.nextReport(world.clock.now(), { samples: [{ at: world.clock.now(), ...bad }] }),
      );
      levels.push((await detail(device)).attention.level);
      world.clock.advance(15_000);
      await world.runJobs("fleet-presence-clock");
      world.clock.advance(15_000);
      await world.runJobs("fleet-presence-clock");
    }
    expect(levels).toEqual([...Array<string>(10).fill("none"), "critical", "critical"]);
  });

  test("suspect a clone when boot ids alternate, and a user decides", async () => {
    const device = await tenant.enrol();
    for (const bootId of ["boot-a", "boot-b", "boot-a"]) {
      await send(device, device.nextReport(world.clock.now(), { bootId }));
      expect((await detail(device)).isCloneSuspected).toBe(false);
    }
    await send(device, device.nextReport(world.clock.now(), { bootId: "boot-b" }));
    expect(await detail(device)).toMatchObject({
      isCloneSuspected: true,
      clone: { kind: "credential", others: [] },
      attention: { level: "critical" },
    });
    await send(device, device.nextReport(world.clock.now(), { bootId: "boot-a" }));
    const found = await world.ask("GET", `/api/v1/audit?limit=100&search=${device.id}`, {
      bearer: tenant.key,
    });
    const { items } = found.body;
    expect(items).toMatchObject([
      {
        action: "device.clone-suspected",
        actor: { type: "system" },
        subject: { type: "device", id: device.id, name: "web-1" },
      },
      { action: "device.enrolled" },
    ]);
    const decide = (decision: string) =>
      world.ask("POST", `/api/v1/devices/${device.id}/clone-decision`, {
        bearer: tenant.key,
        body: { decision },
      });
    expect((await decide("keep")).body.isCloneSuspected).toBe(false);
    expect((await decide("keep")).status).toBe(409);
    for (const bootId of ["boot-b", "boot-a", "boot-b"]) {
      await send(device, device.nextReport(world.clock.now(), { bootId }));
    }
    expect((await decide("revoke")).status).toBe(200);
    expect((await send(device, device.nextReport(world.clock.now()))).status).toBe(401);
  });

  test("are refused from an archived device until it is restored, and from a purged one permanently", async () => {
    const device = await tenant.enrol();
    const act = (method: string, path: string) =>
      world.ask(method, `/api/v1/devices/${device.id}${path}`, { bearer: tenant.key });
    await send(device, device.nextReport(world.clock.now()));
    expect((await act("DELETE", "")).status).toBe(409);
    await act("POST", "/archive");
    expect(await send(device, device.nextReport(world.clock.now()))).toMatchObject({
      status: 403,
      body: { error: { code: "forbidden" } },
    });
    await act("POST", "/restore");
    expect((await send(device, device.nextReport(world.clock.now()))).status).toBe(200);
    await act("POST", "/archive");
    expect((await act("DELETE", "")).status).toBe(204);
    expect((await send(device, device.nextReport(world.clock.now()))).status).toBe(401);
    expect((await act("GET", "")).status).toBe(404);
  });

  test("stop when a device leaves: it is archived and its credential ends", async () => {
    const device = await tenant.enrol();
    await send(device, device.nextReport(world.clock.now()));
    expect((await world.ask("POST", "/api/v1/agent/leave", { bearer: device.bearer })).status).toBe(204);
    expect((await send(device, device.nextReport(world.clock.now()))).status).toBe(401);
    expect((await detail(device)).archivedAt).not.toBeNull();
  });

  test("may be compressed, but are refused when they grow too large", async () => {
    const device = await tenant.enrol();
    const post = (body: unknown, encoding: string) =>
      world.ask("POST", "/api/v1/agent/report", {
        bearer: device.bearer,
        body,
        headers: { "content-type": "application/json", "content-encoding": encoding },
      });
    const report = JSON.stringify(device.nextReport(world.clock.now()));
    expect((await post(gzipSync(report), "gzip")).body).toEqual({ stored: true });
    expect((await post(gzipSync(" ".repeat(10_000_000)), "gzip")).status).toBe(413);
    expect((await post("not gzip", "gzip")).status).toBe(400);
    expect((await post(report, "br")).status).toBe(415);
  });

  test.each([
    ["malformed JSON", '{"v":1,'],
    ["NaN", '{"v":1,"samples":[{"at":1,"cpu":NaN}]}'],
    [
      "a number beyond numbers",
      '{"v":1,"epoch":"epoch1","lane":"live","sequence":1e999,"sentAt":1,"bootId":"b","samples":[]}',
    ],
    ["no object", "[]"],
    ["nothing", '""'],
  ])("are answered for %s with a clear error", async (_, body) => {
    const device = await tenant.enrol();
    const answer = await world.ask("POST", "/api/v1/agent/report", { bearer: device.bearer, body });
    expect(answer).toMatchObject({ status: 400, body: { error: { code: "bad-request" } } });
  });

  test.each([
    ["9999 % cpu", { samples: [{ at: 1, cpu: 9999 }] }],
    ["an unknown field of a pause", { paused: { until: null, extra: true } }],
    ["a wrong type", { sequence: "1" }],
    ["control characters", { facts: { user: "a\u0007b" } }],
    ["half a surrogate pair", { facts: { user: "\ud800" } }],
    ["ten thousand letters", { facts: { user: "x".repeat(10_000) } }],
  ])("are answered for %s with a clear error", async (_, change) => {
    const device = await tenant.enrol();
    const report = { ...device.nextReport(world.clock.now()), ...change };
    expect(await send(device, report)).toMatchObject({
      status: 400,
      body: { error: { code: "bad-request" } },
    });
    expect((await send(device, device.nextReport(world.clock.now()))).status).toBe(200);
  });

  test("do not affect others of their group when one cannot be stored", async () => {
    const devices = await Promise.all(Array.from({ length: 5 }, () => tenant.enrol()));
    const [broken] = devices;
    await world.store.transaction((tx) =>
      tx
        .updateTable("devices")
        .set({ facts: "not JSON" })
        .where("id", "=", broken?.id ?? "")
        .execute(),
    );
    const facts = { diskMount: "/" };
    const answers = await Promise.all(
      devices.map((device) => send(device, device.nextReport(world.clock.now(), { facts }))),
    );
    expect(answers.map(({ status }) => status)).toEqual([500, 200, 200, 200, 200]);
    for (const device of devices.slice(1)) expect((await detail(device)).diskMount).toBe("/");
  });

  test("accept the time at which an agent sent the same bytes again", async () => {
    const device = await tenant.enrol();
    const ahead = 5 * 60_000;
    const report = device.nextReport(world.clock.now() + ahead - 60_000);
    await world.ask("POST", "/api/v1/agent/report", {
      bearer: device.bearer,
      body: report,
      headers: { "muster-resent-at": String(world.clock.now() + ahead) },
    });
    expect((await detail(device)).clockOffsetMs).toBe(ahead);
  });

  test("accept three days of samples from a device, but no endless flood", async () => {
    const device = await tenant.enrol();
    const flood = (turn: number) => {
      const now = world.clock.now();
      const samples = Array.from({ length: 500 }, (_, index) => ({ at: now - turn * 500 - index, cpu: 1 }));
      return send(device, device.nextReport(now, { lane: "backfill", samples }));
    };
    for (let turn = 0; turn < 120; turn += 1) expect((await flood(turn)).status).toBe(200);
    expect(await flood(120)).toMatchObject({ status: 429, body: { error: { code: "rate-limited" } } });
    expect((await send(device, device.nextReport(world.clock.now()))).status).toBe(200);
    world.clock.advance(250_000);
    expect((await flood(120)).status).toBe(200);
  });

  test("are refused from another organization's device, or without one", async () => {
    const device = await tenant.enrol();
    const report = device.nextReport(world.clock.now());
    const ask = (bearer?: string) =>
      world.ask("POST", "/api/v1/agent/report", { body: report, ...(bearer !== undefined && { bearer }) });
    expect((await ask()).status).toBe(401);
    expect((await ask(`md_${"x".repeat(43)}`)).status).toBe(401);
    expect((await ask(tenant.key)).status).toBe(403);
  });
});
