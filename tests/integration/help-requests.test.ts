import {
  MAX_HELP_MESSAGES_PER_HOUR,
  MAX_OPEN_HELP_REQUESTS,
} from "@muster/shared/contracts/device-support.ts";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createUuidV7Factory } from "../../server/src/platform/crypto/ids.ts";
import { type AlarmWorld, startAlarms } from "../harness/alarm-world.ts";
import { type FleetTenant, makeFleetTenant, type TestDevice } from "../harness/fleet-server.ts";
import { DIALECTS } from "../harness/test-store.ts";

const makeId = createUuidV7Factory(Date.now);
const HOUR = 3_600_000;
const CONTACT = { name: "Helpdesk", reach: "+43 1 234", hours: "Mon to Fri, 8 to 17" };

describe.each(DIALECTS)("help requests on %s", (dialect) => {
  let world: AlarmWorld;
  let tenant: FleetTenant;
  let device: TestDevice;
  beforeAll(async () => {
    world = await startAlarms(dialect);
    await world.retentionClock.load();
  });
  afterAll(() => world.remove());
  beforeEach(async () => {
    tenant = await makeFleetTenant(world);
    device = await tenant.enrol({ hostname: "web-1", customer: "Acme" });
    world.notices.length = 0;
  });

  const requestOf = (id: string, more: object = {}) => ({
    id,
    text: "The printer is on fire.\nPlease come.",
    askedBy: "ann",
    askedAt: world.clock.now(),
    diagnostics: null,
    ...more,
  });
  const asDevice = (method: string, path: string, body?: unknown, bearer = device.bearer) =>
    world.ask(method, `/api/v1/agent${path}`, { bearer, ...(body !== undefined && { body }) });
  const asMember = (method: string, path: string, body?: unknown) =>
    world.ask(method, `/api/v1${path}`, { bearer: tenant.key, ...(body !== undefined && { body }) });
  async function ask(more: object = {}): Promise<{ id: string; alarmId: string }> {
    const id = makeId();
    const asked = await asDevice("POST", "/help-requests", requestOf(id, more));
    expect(asked.status, JSON.stringify(asked.body)).toBe(204);
    const { items } = (await asMember("GET", `/alarms?deviceId=${device.id}&sort=opened`)).body;
    return { id, alarmId: items[0].id };
  }
  const support = async () => (await asDevice("GET", "/support")).body;

  it("open an alarm that nothing mutes, are answered with receipts, and closed by the person", async () => {
    const diagnostics = {
      atMs: 1,
      agentVersion: "1.0.0",
      state: "reporting",
      health: 80,
      problem: null,
      diskPercent: 50.5,
      diskMount: "/",
      uptimeS: 12,
    };
    const { id, alarmId } = await ask({ diagnostics });
    expect((await asMember("GET", `/alarms/${alarmId}`)).body).toMatchObject({
      type: "help-request",
      severity: "warning",
      title: "Help request: The printer is on fire.",
      text: "Help requested on web-1: The printer is on fire.",
    });
    const answered = await asMember("POST", `/help-requests/${alarmId}/messages`, { text: "On my way." });
    expect(answered.body).toMatchObject({
      askedBy: "ann",
      state: "open",
      diagnostics,
      takenBy: expect.any(String),
    });
    const [message] = (await support()).requests[0].messages;
    expect(message).toMatchObject({ isFromIt: true, text: "On my way.", isRead: false });
    world.clock.advance(1000);
    await asDevice("POST", `/help-requests/${id}/receipts`, { delivered: [], read: [message.id] });
    const reply = { id: makeId(), text: "Thank you" };
    for (const status of [204, 204]) {
      expect((await asDevice("POST", `/help-requests/${id}/messages`, reply)).status).toBe(status);
    }
    const { body: thread } = await asMember("GET", `/help-requests/${alarmId}`);
    expect(thread.messages).toMatchObject([
      { text: "On my way.", readAt: expect.any(String), deliveredAt: expect.any(String) },
      { text: "Thank you", author: "ann", isFromIt: false, readAt: null },
    ]);
    expect((await asDevice("POST", `/help-requests/${id}/close`, {})).status).toBe(204);
    const { body: ended } = await asMember("GET", `/alarms/${alarmId}`);
    expect(ended).toMatchObject({ state: "ended", endReason: "withdrawn", endedBy: null });
    expect(world.notices.map(({ kind }) => kind)).toEqual(["opened", "acknowledged", "commented", "ended"]);
    expect((await support()).requests[0]).toMatchObject({ state: "closed", closedBy: null });
    const late = await asMember("POST", `/help-requests/${alarmId}/messages`, { text: "Done" });
    expect(late.status).toBe(409);
  });

  it("are closed by resolving their alarm", async () => {
    const { id, alarmId } = await ask();
    await asMember("POST", `/alarms/${alarmId}/resolve`, {});
    expect((await support()).requests[0]).toMatchObject({
      id,
      state: "closed",
      closedBy: expect.any(String),
    });
    expect((await asDevice("POST", `/help-requests/${id}/close`, {})).status).toBe(204);
    const reply = await asDevice("POST", `/help-requests/${id}/messages`, { id: makeId(), text: "More" });
    expect(reply.status).toBe(409);
  });

  it("are opened once, however often they arrive and at the same time", async () => {
    const request = requestOf(makeId());
    const sent = await Promise.all([1, 2, 3].map(() => asDevice("POST", "/help-requests", request)));
    expect(sent.map(({ status }) => status)).toEqual([204, 204, 204]);
    expect((await asMember("GET", "/alarms?type=help-request")).body.items).toHaveLength(1);
  });

  it("are limited in number, per hour and in size", async () => {
    const asked = [];
    for (let count = 0; count < MAX_OPEN_HELP_REQUESTS; count += 1) asked.push(await ask());
    const more = await asDevice("POST", "/help-requests", requestOf(makeId()));
    expect(more).toMatchObject({
      status: 409,
      body: { error: { message: expect.stringContaining("5 open") } },
    });
    const id = asked[0]?.id ?? "";
    const reply = () => asDevice("POST", `/help-requests/${id}/messages`, { id: makeId(), text: "More" });
    for (let count = asked.length; count < MAX_HELP_MESSAGES_PER_HOUR; count += 1) {
      expect((await reply()).status).toBe(204);
    }
    expect(await reply()).toMatchObject({ status: 409 });
    world.clock.advance(HOUR);
    expect((await reply()).status).toBe(204);
    const long = { id: makeId(), text: "x".repeat(2001) };
    expect((await asDevice("POST", `/help-requests/${id}/messages`, long)).status).toBe(400);
  });

  it("give a device its contact and announced alarms in every language, and nothing of another device", async () => {
    await asMember("PATCH", "/organization", { supportContact: CONTACT });
    await ask();
    await asMember("POST", "/alarms", { key: "k", text: "Backup failed", deviceId: device.id });
    const [alarm] = (await asMember("GET", "/alarms?type=reported")).body.items;
    await asMember("POST", `/alarms/${alarm.id}/acknowledge`, {});
    const read = await support();
    expect(read).toMatchObject({
      contact: CONTACT,
      alarms: [
        {
          id: alarm.id,
          severity: "warning",
          texts: { de: { title: "Backup failed", sentence: "web-1: Backup failed" } },
          acknowledgedBy: expect.any(String),
          assignedTo: null,
        },
      ],
    });
    const other = await tenant.enrol({ hostname: "web-2" });
    const { body } = await asDevice("GET", "/support", undefined, other.bearer);
    expect(body).toMatchObject({ contact: CONTACT, alarms: [], requests: [] });
    const known = await world.ask("GET", "/api/v1/agent/support", {
      bearer: other.bearer,
      headers: { "if-none-match": `"${body.version}"` },
    });
    expect(known.status).toBe(304);
    const foreign = await asDevice("POST", `/help-requests/${read.requests[0].id}/close`, {}, other.bearer);
    expect(foreign.status).toBe(404);
  });

  it("announce to their device that something changed", async () => {
    const at = () => world.help.supportChangedAt({ orgId: tenant.orgId, deviceId: device.id });
    expect(at()).toBeNull();
    const { alarmId } = await ask();
    await world.runAlarmJobs("support-changes");
    const asked = at();
    expect(asked).toBe(world.clock.now());
    world.clock.advance(1000);
    await asMember("POST", `/help-requests/${alarmId}/messages`, { text: "Hello" });
    await world.runAlarmJobs("support-changes");
    expect(at()).toBeGreaterThan(asked ?? 0);
  });
});
