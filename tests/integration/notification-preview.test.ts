import type { NotificationPreview } from "@muster/shared/contracts/notification-preview.ts";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { makeTenant, type Tenant } from "../harness/identity-server.ts";
import { makeAlarm, type NotificationWorld, startNotifications } from "../harness/notification-world.ts";
import { DIALECTS } from "../harness/test-store.ts";

describe.each(DIALECTS)("the preview of notifications on %s", (dialect) => {
  let world: NotificationWorld;
  let tenant: Tenant;

  beforeAll(async () => {
    world = await startNotifications(dialect);
  });
  afterAll(() => world.remove());
  beforeEach(async () => {
    tenant = await makeTenant(world.identity);
  });

  const asAdmin = (method: string, path: string, body?: unknown) =>
    world.ask(method, path, { cookie: tenant.users.admin.cookie, body });
  async function preview(query: object = {}): Promise<NotificationPreview> {
    const { status, body } = await world.ask("POST", "/api/v1/notification-policies/preview", {
      cookie: tenant.users.viewer.cookie,
      body: { severity: "critical", ...query },
    });
    expect(status, JSON.stringify(body)).toBe(200);
    return body;
  }
  async function makeChannel(name: string, change: object = {}): Promise<string> {
    const settings = { url: world.receiver.url };
    return (await asAdmin("POST", "/api/v1/channels", { name, type: "webhook", settings, ...change })).body
      .id;
  }
  async function makePolicy(policy: object): Promise<string> {
    const { status, body } = await asAdmin("POST", "/api/v1/notification-policies", policy);
    expect(status, JSON.stringify(body)).toBe(201);
    return body.id;
  }
  /** When messages of the organization leave, by the table that the outbox sends from. */
  async function plannedMessages(): Promise<string[]> {
    const rows = await world.identity.store.read
      .selectFrom("notification_messages")
      .select(["planned_at", "channel_id", "recipient"])
      .where("org_id", "=", tenant.orgId)
      .execute();
    return rows
      .map((row) => `${new Date(row.planned_at).toISOString()} ${row.channel_id} ${row.recipient}`)
      .toSorted();
  }
  const messagesOf = ({ steps }: NotificationPreview) =>
    steps
      .flatMap(({ at, recipients }) =>
        recipients.map(
          ({ channelId, userId, address }) => `${at} ${channelId ?? "mail"} ${userId ?? address}`,
        ),
      )
      .toSorted();

  it("agrees with what a real alarm then plans, step by step", async () => {
    const chat = await makeChannel("Chat");
    const onCall = await makeChannel("On call");
    await makePolicy({
      name: "All",
      recipients: { roles: ["owner"], channelIds: [chat] },
      collectS: 900,
      remindEveryMin: 10,
      escalateAfterMin: 25,
      escalateTo: { channelIds: [onCall] },
    });
    const expected = await preview();
    expect(expected.steps.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(["first", "reminder", "escalation"]),
    );
    expect(expected.goesOn).toBe(true);

    await world.tell(makeAlarm(tenant.orgId), 1, "opened");
    // The last step of the preview may be one of several that a real alarm collects.
    const last = expected.steps.at(-1)?.at ?? "";
    for (let minutes = 0; minutes < 90; minutes += 5) {
      await world.pass(300);
      await world.runJob("notification-follow-ups");
    }
    const real = (await plannedMessages()).filter((message) => message.slice(0, last.length) <= last);
    expect(messagesOf(expected)).toEqual(real);
    expect(real.length).toBeGreaterThan(4);
  });

  it("counts messages that were sent just before", async () => {
    const chat = await makeChannel("Chat");
    await makePolicy({ name: "All", recipients: { channelIds: [chat] }, collectS: 600 });
    await world.tell(makeAlarm(tenant.orgId), 1, "opened");
    await world.pass(60);
    const expected = await preview();
    await world.tell(makeAlarm(tenant.orgId), 1, "opened");
    expect(messagesOf(expected)).toEqual((await plannedMessages()).slice(-1));
  });

  it("names the policies that match in their order, and why they do not decide", async () => {
    const weekdays = {
      zone: "Europe/Berlin",
      ranges: [{ days: [1, 2, 3, 4, 5], start: "08:00", end: "18:00" }],
    };
    await makePolicy({ name: "Off", isEnabled: false, recipients: { roles: ["owner"] } });
    await makePolicy({ name: "Info", match: { severities: ["info"] }, recipients: { roles: ["owner"] } });
    await makePolicy({ name: "Hours", activeHours: weekdays, recipients: { roles: ["owner"] } });
    await makePolicy({ name: "Tag", match: { tags: ["db"] }, recipients: { roles: ["admin"] } });
    await makePolicy({ name: "Rest", recipients: { roles: ["owner"] } });
    const verdicts = ({ policies }: NotificationPreview) =>
      policies.map(({ name, verdict }) => `${name} ${verdict}`);
    const sunday = { at: "2026-03-01T03:00:00+01:00", tags: ["db"] };
    expect(verdicts(await preview(sunday))).toEqual([
      "Off off",
      "Hours outside-hours",
      "Tag decides",
      "Rest not-reached",
    ]);
    const monday = { at: "2026-03-02T09:00:00+01:00" };
    expect(verdicts(await preview(monday))).toEqual(["Off off", "Hours decides", "Rest not-reached"]);
  });

  it("shows the built-in default, and whom it does not reach", async () => {
    expect(await preview()).toMatchObject({
      policies: [{ id: null, verdict: "decides" }],
      goesOn: false,
      unreached: [],
    });
    expect((await preview({ severity: "info" })).policies).toEqual([]);
    const silent = await makeChannel("Silent", { isEnabled: false });
    const mails = await makeChannel("Mails", {
      type: "email",
      settings: { addresses: ["new@people.example"] },
    });
    await makePolicy({ name: "All", recipients: { channelIds: [silent, mails] } });
    const { steps, unreached } = await preview();
    expect(steps).toEqual([]);
    expect(unreached.map(({ name, reason }) => `${name} ${reason}`)).toEqual([
      "Silent channel-off",
      "Mails not-confirmed",
    ]);
  });
});
