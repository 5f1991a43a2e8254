import { DevicesEvent, SummaryEvent } from "@muster/shared/contracts/stream.ts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createReportRates } from "../../server/src/fleet/ingest/report-rates.ts";
import { createFleetStream } from "../../server/src/fleet/stream/fleet-stream.ts";
import {
  createFleetSummaries,
  type FleetSummaries,
} from "../../server/src/fleet/summary/fleet-summary.service.ts";
import { type EventReader, type Listening, listenLocally, readEvents } from "../harness/event-reader.ts";
import { insertDevices } from "../harness/fleet-rows.ts";
import {
  type FleetTenant,
  type FleetWorld,
  makeFleetTenant,
  sendReport,
  startFleet,
} from "../harness/fleet-server.ts";
import { DIALECTS } from "../harness/test-store.ts";

describe.each(DIALECTS)("the stream of changes on %s", (dialect) => {
  let world: FleetWorld;
  let tenant: FleetTenant;
  let listening: Listening;

  beforeAll(async () => {
    world = await startFleet(dialect);
    tenant = await makeFleetTenant(world);
    listening = await listenLocally(world.appOptions);
  });
  afterAll(async () => {
    await listening.close();
    await world.remove();
  });

  const open = (key = tenant.key) => readEvents(`${listening.url}/api/v1/stream`, key);
  async function turn(): Promise<void> {
    world.clock.advance(1_001);
    await world.runJobs("fleet-stream");
  }
  /** Opens a stream and takes the summary that greets it. */
  async function greeted(key?: string): Promise<EventReader> {
    const reader = await open(key);
    await turn();
    expect((await reader.next())?.event).toBe("summary");
    return reader;
  }

  test("sends once a second what changed, as rows, and the summary", async () => {
    const devices = [await tenant.enrol(), await tenant.enrol()];
    const reader = await greeted();
    for (const device of [...devices, ...devices]) {
      await sendReport(world, device, device.nextReport(world.clock.now()));
    }
    await turn();
    const devicesEvent = await reader.next();
    expect(devicesEvent?.event).toBe("devices");
    const { changed, removed } = DevicesEvent.parse(devicesEvent?.data);
    expect(changed.map(({ id }) => id).toSorted()).toEqual(devices.map(({ id }) => id).toSorted());
    expect(changed.every(({ presence }) => presence.shown === "online")).toBe(true);
    expect(removed).toEqual([]);
    const summary = await reader.next();
    expect(summary?.event).toBe("summary");
    expect(SummaryEvent.parse(summary?.data).presence.online).toBe(2);
    await reader.close();
  });

  test("sends a summary from after the change, even when a user read it just before", async () => {
    const other = await makeFleetTenant(world);
    const reader = await greeted(other.key);
    const device = await other.enrol();
    await world.ask("GET", "/api/v1/devices/summary", { bearer: other.key });
    await sendReport(world, device, device.nextReport(world.clock.now()));
    world.clock.advance(100);
    await world.runJobs("fleet-stream");
    expect((await reader.next())?.event).toBe("devices");
    expect(SummaryEvent.parse((await reader.next())?.data).presence.online).toBe(1);
    await reader.close();
  });

  test("sends with the next run what could not be read in this one", async () => {
    let hasFailed = false;
    const summaries: FleetSummaries = {
      of: () => Promise.reject(new Error("nobody asks for a kept one here")),
      refresh() {
        if (hasFailed) return createFleetSummaries({ ...world, rates }).refresh(tenant);
        hasFailed = true;
        return Promise.reject(new Error("the database does not answer"));
      },
    };
    const rates = createReportRates({ ...world, serverId: "one" });
    const stream = createFleetStream({
      ...world,
      summaries,
      filterActionIds: async (_, ids) => [...ids],
      filterAlarmIds: async (_, ids) => [...ids],
    });
    const told: string[] = [];
    stream.join(tenant, {
      send: (frame) => void told.push(frame.toString()),
      onClose: () => undefined,
    });
    const device = await tenant.enrol();
    const { signal } = new AbortController();
    await expect(stream.job.run(signal)).rejects.toThrow("does not answer");
    await stream.job.run(signal);
    expect(told.join("")).toContain(device.id);
  });

  test("sends a limited page with the next run the alarms whose customers could not be read", async () => {
    const failures = [new Error("the database does not answer")];
    const stream = createFleetStream({
      ...world,
      summaries: createFleetSummaries({ ...world, rates: createReportRates({ ...world, serverId: "one" }) }),
      filterActionIds: async () => [],
      async filterAlarmIds(_, ids) {
        const failure = failures.pop();
        if (failure) throw failure;
        return [...ids];
      },
    });
    const told: string[] = [];
    const page = { send: (frame: Uint8Array) => void told.push(frame.toString()), onClose: () => undefined };
    stream.join({ orgId: tenant.orgId, customerIds: [] }, page);
    world.events.publish({ topic: "alarm.changed", orgId: tenant.orgId, ids: ["reached"] });
    const { signal } = new AbortController();
    await expect(stream.job.run(signal)).rejects.toThrow("does not answer");
    await stream.job.run(signal);
    expect(told.join("")).toContain('event: alarms\ndata: {"changed":["reached"]}');
  });

  test("sends what changed between the reads of a page and its stream", async () => {
    const own = await makeFleetTenant(world);
    const device = await own.enrol();
    const since = world.events.positionOf(own.orgId);
    const unchanged = await readEvents(`${listening.url}/api/v1/stream?since=${since}`, own.key);
    await turn();
    expect((await unchanged.next())?.event).toBe("summary");
    await unchanged.close();
    await sendReport(world, device, device.nextReport(world.clock.now()));
    const late = await readEvents(`${listening.url}/api/v1/stream?since=${since}`, own.key);
    await turn();
    const { changed } = DevicesEvent.parse((await late.next())?.data);
    expect(changed.map(({ id }) => id)).toEqual([device.id]);
    await late.close();
    world.events.publish({ topic: "action.changed", orgId: own.orgId, ids: ["an-action"] });
    world.events.publish({ topic: "alarm.changed", orgId: own.orgId, ids: ["an-alarm"] });
    const latest = await readEvents(`${listening.url}/api/v1/stream?since=${since}`, own.key);
    await turn();
    const told = [await latest.next(), await latest.next(), await latest.next(), await latest.next()];
    expect(told.map((event) => event?.event)).toEqual(["devices", "summary", "actions", "alarms"]);
    expect(told[3]?.data).toEqual({ changed: ["an-alarm"] });
    await latest.close();
  });

  test("asks a page to read again whose position it does not know", async () => {
    const reader = await readEvents(`${listening.url}/api/v1/stream?since=another-server.1`, tenant.key);
    expect((await reader.next())?.event).toBe("resync");
    await reader.close();
  });

  test("asks a limited page to read again when anything changed since its reads", async () => {
    const own = await tenant.enrol({ customer: "Late" });
    const { customerId } = (await world.ask("GET", `/api/v1/devices/${own.id}`, { bearer: tenant.key })).body;
    const stream = createFleetStream({
      ...world,
      summaries: createFleetSummaries({ ...world, rates: createReportRates({ ...world, serverId: "one" }) }),
      filterActionIds: async () => [],
      filterAlarmIds: async () => [],
    });
    const join = (since: string) => {
      const sent: string[] = [];
      const page = {
        send: (frame: Uint8Array) => void sent.push(frame.toString()),
        onClose: () => undefined,
      };
      stream.join({ orgId: tenant.orgId, customerIds: [customerId] }, page, since);
      return sent.join("");
    };
    const since = world.events.positionOf(tenant.orgId);
    expect(join(since)).toBe("");
    await world.ask("POST", `/api/v1/devices/${own.id}/archive`, { bearer: tenant.key });
    expect(join(since)).toBe("event: resync\ndata: {}\n\n");
  });

  test("sends which devices were removed", async () => {
    const device = await tenant.enrol();
    const reader = await greeted();
    await world.ask("POST", `/api/v1/devices/${device.id}/archive`, { bearer: tenant.key });
    await turn();
    expect((await reader.next())?.data).toEqual({ changed: [], removed: [device.id] });
    await reader.close();
  });

  test("sends limited pages only what their customers have, and what leaves them", async () => {
    const own = await tenant.enrol({ hostname: "own", customer: "Streamed" });
    const { customerId } = (await world.ask("GET", `/api/v1/devices/${own.id}`, { bearer: tenant.key })).body;
    const foreign = await tenant.enrol({ hostname: "foreign", customer: "Elsewhere" });
    const rates = createReportRates({ ...world, serverId: "one" });
    const stream = createFleetStream({
      ...world,
      summaries: createFleetSummaries({ ...world, rates }),
      filterActionIds: async (_, ids) => ids.filter((id) => id === "seen"),
      filterAlarmIds: async (_, ids) => ids.filter((id) => id === "reached"),
    });
    const sent: string[] = [];
    const page = { send: (frame: Uint8Array) => void sent.push(frame.toString()), onClose: () => undefined };
    stream.join({ orgId: tenant.orgId, customerIds: [customerId] }, page);
    async function framesAfter(device: { id: string }, change: object): Promise<string> {
      sent.length = 0;
      await world.ask("PATCH", `/api/v1/devices/${device.id}`, { bearer: tenant.key, body: change });
      world.clock.advance(1_001);
      await stream.job.run(new AbortController().signal);
      return sent.join("");
    }
    expect(await framesAfter(foreign, { label: "a" })).toMatch(/^event: summary\n.*"total":1,/);
    expect(await framesAfter(foreign, { label: "b" })).toBe("");
    expect(await framesAfter(own, { label: "c" })).toContain(`"changed":[{"id":"${own.id}"`);
    expect(await framesAfter(own, { customer: "Elsewhere" })).toContain(
      `{"changed":[],"removed":["${own.id}"]}`,
    );
    expect(await framesAfter(own, { label: "d" })).toBe("");
    expect(await framesAfter(foreign, { customerId })).toContain(`"changed":[{"id":"${foreign.id}"`);
    world.events.publish({ topic: "action.changed", orgId: tenant.orgId, ids: ["unseen", "seen"] });
    expect(await framesAfter(own, {})).toBe('event: actions\ndata: {"changed":["seen"]}\n\n');
    world.events.publish({ topic: "alarm.changed", orgId: tenant.orgId, ids: ["hidden", "reached"] });
    expect(await framesAfter(own, {})).toBe('event: alarms\ndata: {"changed":["reached"]}\n\n');
  });

  test("sends one organization nothing of another", async () => {
    const other = await makeFleetTenant(world);
    const reader = await greeted(other.key);
    const [foreign, own] = [await tenant.enrol(), await other.enrol()];
    await sendReport(world, foreign, foreign.nextReport(world.clock.now()));
    await sendReport(world, own, own.nextReport(world.clock.now()));
    await turn();
    const event = DevicesEvent.parse((await reader.next())?.data);
    expect(event.changed.map(({ id }) => id)).toEqual([own.id]);
    await reader.close();
  });

  test("requests a new read of the page when there are too many changes", async () => {
    const reader = await greeted();
    const made = await insertDevices(
      world.store,
      tenant.orgId,
      Array.from({ length: 3_001 }, () => ({})),
    );
    world.events.publish({ topic: "device.changed", orgId: tenant.orgId, ids: made.map(({ id }) => id) });
    await turn();
    expect((await reader.next())?.event).toBe("resync");
    await reader.close();
  });

  test("reads in several steps what does not fit into one", async () => {
    const own = await makeFleetTenant(world);
    const reader = await greeted(own.key);
    const made = await insertDevices(
      world.store,
      own.orgId,
      Array.from({ length: 250 }, () => ({})),
    );
    world.events.publish({ topic: "device.changed", orgId: own.orgId, ids: made.map(({ id }) => id) });
    await turn();
    const { changed } = DevicesEvent.parse((await reader.next())?.data);
    expect(new Set(changed.map(({ id }) => id)).size).toBe(250);
    await reader.close();
  });

  test("ends when the key that opened it is revoked", async () => {
    const own = await makeFleetTenant(world);
    const reader = await greeted(own.key);
    const { items } = await world.identity.apiKeys.list(own.orgId, { limit: 10 });
    const by = { actor: { type: "system", id: null, name: "tests" } as const, requestId: null };
    await world.identity.apiKeys.revoke(own.orgId, items[0]?.id ?? "", by);
    world.clock.advance(1_000);
    await listening.recheck();
    expect(await reader.next()).toBeNull();
  });

  test("ends when the key that opened it expires", async () => {
    const own = await makeFleetTenant(world);
    const made = await world.identity.apiKeys.create(
      own.orgId,
      { name: "short", scopes: ["read"], validDays: 1 },
      { actor: { type: "system", id: null, name: "tests" }, requestId: null, fixedRole: "viewer" },
    );
    const reader = await greeted(made.secret);
    world.clock.advance(24 * 3_600_000);
    await listening.closeExpired();
    expect(await reader.next()).toBeNull();
  });

  test("is refused for a device's credential", async () => {
    const device = await tenant.enrol();
    await expect(open(device.bearer)).rejects.toThrow("403");
  });
});
