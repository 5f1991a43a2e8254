import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { pino } from "pino";
import { dropUnfinishedNotifications } from "../../server/src/alerting/notifications/index.ts";
import type { AlarmRow } from "../../server/src/alerting/alarms/alarms.tables.ts";
import { createDeliveryService } from "../../server/src/alerting/notifications/deliveries/delivery.service.ts";
import type { GuardedClient } from "../../server/src/platform/http-client/guarded-client.ts";
import type { MessageRow } from "../../server/src/alerting/notifications/notifications.tables.ts";
import { createOutboxWorker } from "../../server/src/alerting/notifications/outbox/outbox-worker.ts";
import { createHeartbeatJob } from "../../server/src/alerting/notifications/outbox/outbox.jobs.ts";
import { makeTenant, type Tenant } from "../harness/identity-server.ts";
import {
  makeAlarm,
  makeNotifications,
  type NotificationWorld,
  startNotifications,
} from "../harness/notification-world.ts";
import { startHttpReceiver } from "../harness/http-receiver.ts";

let world: NotificationWorld;
let tenant: Tenant;

beforeAll(async () => {
  world = await startNotifications("postgres", "smtp");
});
afterAll(() => world.remove());
beforeEach(async () => {
  tenant = await makeTenant(world.identity);
  world.receiver.reset();
  world.mailbox.mails.length = 0;
});

async function makeWebhook(of: Tenant, url: string, collectS = 0): Promise<void> {
  const { cookie } = of.users.admin;
  const channel = { name: "Chat", type: "webhook", settings: { url } };
  const { body } = await world.ask("POST", "/api/v1/channels", { cookie, body: channel });
  const policy = { name: "All", recipients: { channelIds: [body.id] }, collectS };
  await world.ask("POST", "/api/v1/notification-policies", { cookie, body: policy });
}

/** Another server on the same database. */
function addServer() {
  const { clock, store } = world.identity;
  return makeNotifications({ store, clock, alarms: world.alarms });
}

describe("two servers on one database", () => {
  it("send each message once", async () => {
    await makeWebhook(tenant, world.receiver.url);
    for (let count = 0; count < 20; count += 1) await world.tell(makeAlarm(tenant.orgId), 1, "opened");
    const other = addServer();
    await Promise.all([world.notifications.outbox.drain(), other.outbox.drain()]);
    await world.pass(1);
    await other.stop();
    const ids = world.receiver.received.map(({ headers }) => headers["webhook-id"]);
    expect(ids).toHaveLength(20);
    expect(new Set(ids).size).toBe(20);
  });

  it("let a channel that hangs keep up only itself", async () => {
    const hanging = await startHttpReceiver();
    const [slow, quick] = [tenant, await makeTenant(world.identity)];
    await makeWebhook(slow, hanging.url);
    await makeWebhook(quick, world.receiver.url);
    hanging.holdAll();
    for (let count = 0; count < 10; count += 1) {
      await world.tell(makeAlarm(slow.orgId), 1, "opened");
      await world.tell(makeAlarm(quick.orgId), 1, "opened");
    }
    const drained = world.notifications.outbox.drain();
    await expect.poll(() => world.receiver.received.length).toBe(10);
    await expect.poll(() => hanging.received.length).toBe(2);
    await expect.poll(() => world.notifications.outbox.size).toBe(2);
    hanging.releaseAll();
    await drained;
    expect(hanging.received).toHaveLength(10);
    await hanging.close();
  });
});

describe("an organization with hundreds of due channels that hang", () => {
  it("does not keep up the others", async () => {
    const hostile = [tenant, await makeTenant(world.identity)];
    const quick = await makeTenant(world.identity);
    const rows = hostile.flatMap(({ orgId }) =>
      Array.from({ length: 100 }, (_, index) => ({
        id: `${orgId} ${index}`,
        org_id: orgId,
        channel_id: `${index}`,
        recipient: "",
        state: "waiting",
        due_at: index,
        planned_at: 0,
        is_collecting: 0,
        is_urgent: 0,
        attempts: 0,
        lease_token: null,
        created_at: 0,
        give_up_at: 1,
        ended_at: null,
      })),
    ) as MessageRow[];
    const { clock, store } = world.identity;
    const waiting = (message: MessageRow) =>
      store.transaction((tx) => tx.insertInto("notification_messages").values(message).execute());
    for (const row of rows) await waiting(row);
    const [row] = rows;
    if (!row) throw new Error("unreachable");
    await waiting({ ...row, id: `${quick.orgId} 0`, org_id: quick.orgId, due_at: clock.now() });
    const begun: string[] = [];
    const hang = Promise.withResolvers<void>();
    const log = pino({ level: "silent" });
    const sendMessage = (id: string) => (begun.push(id), hang.promise);
    const worker = createOutboxWorker({ store, now: clock.now, log, sendMessage });
    await worker.look();
    await worker.look();
    hang.resolve();
    await worker.stop();
    const ids = [...rows.map(({ id }) => id), `${quick.orgId} 0`];
    await store.transaction((tx) => tx.deleteFrom("notification_messages").where("id", "in", ids).execute());
    expect(begun).toContain(`${quick.orgId} 0`);
    expect(begun).toHaveLength(17);
  });
});

describe("a message that cannot be prepared", () => {
  it("is tried again later, and given up after 24 hours", async () => {
    await makeWebhook(tenant, world.receiver.url);
    const { clock, store } = world.identity;
    const broken = makeNotifications({
      store,
      clock,
      alarms: world.alarms,
      describeAlarm: () => {
        throw new Error("a defect");
      },
    });
    await world.tell(makeAlarm(tenant.orgId), 1, "opened");
    await broken.outbox.drain();
    const { cookie } = tenant.users.admin;
    const delivery = async () => (await world.ask("GET", "/api/v1/deliveries", { cookie })).body.items[0];
    expect((await delivery()).attempts).toMatchObject([{ outcome: "retry" }]);
    expect((await delivery()).state).toBe("waiting");
    await store.transaction((tx) =>
      tx
        .updateTable("notification_messages")
        .set({ give_up_at: 0 })
        .where("org_id", "=", tenant.orgId)
        .execute(),
    );
    clock.advance(60_000);
    await broken.outbox.drain();
    await broken.stop();
    expect((await delivery()).state).toBe("failed");
  });
});

describe("mails", () => {
  it("go over STARTTLS where the server offers it, one to each recipient", async () => {
    await world.tell(makeAlarm(tenant.orgId), 1, "opened");
    await world.pass(0);
    expect(world.mailbox.mails.map(({ to, isEncrypted }) => [to.length, isEncrypted])).toEqual([
      [1, true],
      [1, true],
    ]);
  });

  it("are not sent to a server whose certificate is not trusted", async () => {
    const { clock, store } = world.identity;
    const mail = { smtpUrl: world.mailbox.smtpUrl, from: "muster@example.org", caFile: null };
    const suspicious = makeNotifications({ store, clock, alarms: world.alarms, mail });
    await world.tell(makeAlarm(tenant.orgId), 1, "opened");
    await suspicious.outbox.drain();
    await suspicious.stop();
    expect(world.mailbox.mails).toEqual([]);
    const { cookie } = tenant.users.admin;
    const { body } = await world.ask("GET", "/api/v1/deliveries", { cookie });
    expect(body.items.map(({ state }: { state: string }) => state)).toEqual(["waiting", "waiting"]);
    expect(body.items[0].attempts[0].answer).toMatch(/certificate/);
  });

  it("go to an address that belongs to nobody only after its owner has agreed", async () => {
    const { cookie } = tenant.users.admin;
    const settings = { addresses: ["helpdesk@customer.example"] };
    const channel = { name: "Help desk", type: "email", settings, language: "fr" };
    const { body } = await world.ask("POST", "/api/v1/channels", { cookie, body: channel });
    const policy = { name: "All", recipients: { channelIds: [body.id] } };
    await world.ask("POST", "/api/v1/notification-policies", { cookie, body: policy });
    await world.tell(makeAlarm(tenant.orgId), 1, "opened");
    await world.pass(0);
    const mails = () => world.mailbox.mails.filter(({ to }) => to.includes("helpdesk@customer.example"));
    expect(mails()).toEqual([]);
    const test = () => world.ask("POST", `/api/v1/channels/${body.id}/test`, { cookie });
    expect((await test()).body).toMatchObject({ isSent: true });
    // An administrator cannot flood somebody who has not agreed.
    expect((await test()).body).toMatchObject({
      isSent: false,
      answer: expect.stringContaining("ten minutes"),
    });
    const text = mails()[0]?.raw.replaceAll("=\r\n", "").replaceAll("=3D", "=") ?? "";
    const path = /\/api\/v1\/confirm-address\/[\w-]{43}/.exec(text)?.[0] ?? "";
    expect((await world.ask("GET", path)).body).toContain('<form method="post">');
    await world.pass(30);
    expect(mails()).toHaveLength(1);
    expect((await world.ask("POST", path)).body).toContain("Messages about alarms are sent to this address.");
    await world.pass(90);
    expect(mails()).toHaveLength(2);
  });

  it("carry hostile text of a device without another header or recipient", async () => {
    const hostile = "web\r\nBcc: eve@evil.example\r\n\r\n<img src=x> https://evil.example";
    await world.tell(makeAlarm(tenant.orgId, { device_name: hostile }), 1, "opened");
    await world.pass(0);
    const [mail] = world.mailbox.mails;
    expect(mail?.to).toHaveLength(1);
    expect(mail?.headers).not.toHaveProperty("bcc");
    const [, html] = mail?.raw.split("text/html") ?? [];
    expect(html).toContain("&lt;img");
    expect(html).not.toContain("<img");
    expect(mail?.raw).not.toContain("https://evil");
  });

  it("reach nobody who has left, and no member about other customers", async () => {
    const customer = "019ab3c4-5d6e-7f80-9a1b-2c3d4e5f6071";
    await world.tell(makeAlarm(tenant.orgId, { customer_id: customer }), 1, "opened");
    const { db, userId } = { db: world.identity.store, userId: tenant.users.admin.id };
    await db.transaction(async (tx) => {
      await tx.updateTable("memberships").set({ is_limited: 1 }).where("user_id", "=", userId).execute();
    });
    await world.pass(0);
    expect(world.mailbox.mails.map(({ to }) => to)).toEqual([[tenant.users.owner.email]]);
  });

  it("follow the customer of the alarm at the time of sending", async () => {
    const { store } = world.identity;
    const { id: userId, name } = { name: "Ann", ...tenant.users.admin };
    const by = { actor: { type: "user", id: userId, name }, requestId: null } as const;
    const { id: customer } = await store.transaction(async (tx) => {
      const created = await world.identity.identity.customers.ensure(tx, tenant.orgId, "Bakery", by);
      const limit = { org_id: tenant.orgId, holder_id: userId, customer_id: created.id };
      await tx.insertInto("customer_limits").values(limit).execute();
      await tx.updateTable("memberships").set({ is_limited: 1 }).where("user_id", "=", userId).execute();
      return created;
    });
    const alarm = makeAlarm(tenant.orgId, { customer_id: customer });
    await world.tell(alarm, 1, "opened");
    world.alarms.set(alarm.id, { ...alarm, customer_id: makeAlarm("").id });
    await world.pass(0);
    expect(world.mailbox.mails.map(({ to }) => to)).toEqual([[tenant.users.owner.email]]);
  });
});

describe("a channel of each public service, at a local receiver,", () => {
  const origin = () => new URL(world.receiver.url).origin;
  const token = `1:${"A".repeat(30)}`;

  it.each([
    ["slack", () => ({ url: `${origin()}/services/T/B/x` }), "/services/T/B/x", "blocks"],
    ["teams", () => ({ url: `${origin()}/workflows/x?sig=1` }), "/workflows/x?sig=1", "attachments"],
    ["discord", () => ({ url: `${origin()}/api/webhooks/1/x` }), "/api/webhooks/1/x", "content"],
    ["telegram", () => ({ server: origin(), token, chatId: "-100" }), `/bot${token}/sendMessage`, "chat_id"],
    ["ntfy", () => ({ server: origin(), topic: "alarms" }), "/", "topic"],
    ["pagerduty", () => ({ server: origin(), routingKey: "a".repeat(32) }), "/v2/enqueue", "routing_key"],
  ])("%s gets a test and an alarm in its form", async (type, settings, path, field) => {
    const { cookie } = tenant.users.admin;
    const wanted = { name: type, type, settings: settings(), language: "es" };
    const { body } = await world.ask("POST", "/api/v1/channels", { cookie, body: wanted });
    const test = await world.ask("POST", `/api/v1/channels/${body.id}/test`, { cookie });
    expect(test.body).toMatchObject({ isSent: true, status: 200, answer: "" });
    const policy = { name: "All", recipients: { channelIds: [body.id] } };
    await world.ask("POST", "/api/v1/notification-policies", { cookie, body: policy });
    await world.tell(makeAlarm(tenant.orgId), 1, "opened");
    await world.pass(0);
    const requests = world.receiver.received.filter((request) => request.path === path);
    expect(requests.length).toBeGreaterThanOrEqual(2);
    for (const { json } of requests) expect(json).toHaveProperty(field);
    expect(requests.at(-1)?.text).toContain("Disk almost full on web-01");
  });
});

describe("the answer of a receiver", () => {
  it("hides the secret of the channel, and is for members without a customer limit only", async () => {
    const { clock, store } = world.identity;
    const customer = makeAlarm("").id;
    const client: GuardedClient = {
      check: () => {},
      send: async ({ hidden }) => ({
        status: 500,
        text: `hidden: ${hidden?.join(", ")}`,
        body: "",
        location: null,
        retryAfter: null,
      }),
    };
    await makeWebhook(tenant, `${world.receiver.url}/very-secret`);
    const echoed = makeNotifications({ store, clock, alarms: world.alarms, client });
    await world.tell(makeAlarm(tenant.orgId, { customer_id: customer }), 1, "opened");
    await echoed.outbox.drain();
    await echoed.stop();
    const service = createDeliveryService({
      store,
      clock,
      audit: world.identity.identity.audit,
      findAlarm: async () => undefined,
      describeAlarm: () => ({ title: "", sentence: "" }),
    });
    const answerFor = async (customerIds: string[] | null) => {
      const { items } = await service.list({ orgId: tenant.orgId, customerIds }, { limit: 10 });
      return items[0]?.attempts[0];
    };
    expect(await answerFor(null)).toMatchObject({ status: 500, answer: "hidden: very-secret" });
    expect(await answerFor([customer])).toMatchObject({ status: 500, answer: "" });
  });
});

describe("the clean-up", () => {
  it("keeps what was told of an open alarm, so that its end reaches the same people after months", async () => {
    await makeWebhook(tenant, world.receiver.url);
    const { clock, store } = world.identity;
    const [open, gone] = [makeAlarm(tenant.orgId), makeAlarm(tenant.orgId)];
    const row: AlarmRow = {
      ...open,
      key: open.id,
      severity_rank: 2,
      last_at: 0,
      end_reason: null,
      ended_by: null,
      occurrences: 1,
      violations: 1,
      is_violating: 1,
      changes: "[]",
      unstable_since: null,
      acknowledged_until: null,
      assignee_id: null,
      assignee_name: null,
      is_muted: 0,
      is_told: 1,
      last_event: 1,
      search_text: "",
    };
    await store.transaction((tx) => tx.insertInto("alarms").values(row).execute());
    for (const alarm of [open, gone]) {
      await world.tell(alarm, 1, "opened");
      await world.pass(600);
    }
    clock.advance(40 * 24 * 3_600_000);
    await world.runJob("notification-clean-up");
    world.receiver.reset();
    for (const alarm of [open, gone]) await world.tell(alarm, 2, "ended", { ended_at: clock.now() });
    await world.pass(0);
    // Other tests left messages that are due as well.
    const told = world.receiver.received.map(({ json }) => json.data.events[0].alarm.id);
    expect(told.filter((id) => [open.id, gone.id].includes(id))).toEqual([open.id]);
  });
});

describe("after a restore", () => {
  it("drops what waited, and tells every open alarm once", async () => {
    await makeWebhook(tenant, world.receiver.url, 60);
    const [open, over] = [makeAlarm(tenant.orgId), makeAlarm(tenant.orgId)];
    await world.tell(open, 1, "opened");
    await world.pass(0);
    await world.tell(over, 1, "opened");
    world.alarms.set(over.id, { ...over, ended_at: 1 });
    await dropUnfinishedNotifications(world.identity);
    world.identity.clock.advance(120_000);
    await world.runJob("notification-follow-ups");
    await world.runJob("notification-follow-ups");
    await world.pass(120);
    const told = world.receiver.received.flatMap(({ json }) => json.data?.events ?? []);
    const own = told.filter(({ alarm }) => [open.id, over.id].includes(alarm.id));
    expect(own.map(({ kind, alarm }) => [kind, alarm.id])).toEqual([
      ["opened", open.id],
      ["reminder", open.id],
    ]);
  });
});

describe("the heartbeat", () => {
  it("is sent while messages leave, and left out while they wait in vain", async () => {
    const { clock, store } = world.identity;
    const log = pino({ level: "silent" });
    const monitor = await startHttpReceiver();
    const job = createHeartbeatJob({ store, clock, log, url: monitor.url });
    const beat = () => job.run(new AbortController().signal);
    await world.pass(0);
    await beat();
    expect(monitor.received).toHaveLength(1);
    await world.tell(makeAlarm(tenant.orgId), 1, "opened");
    clock.advance(6 * 60_000);
    await beat();
    expect(monitor.received).toHaveLength(1);
    await world.pass(0);
    await beat();
    expect(monitor.received).toHaveLength(2);
    await monitor.close();
  });

  it("goes on while the receiver of one organization fails and what follows waits for it", async () => {
    const { clock, store } = world.identity;
    const monitor = await startHttpReceiver();
    const log = pino({ level: "silent" });
    const job = createHeartbeatJob({ store, clock, log, url: monitor.url });
    await world.pass(0);
    await makeWebhook(tenant, world.receiver.url);
    world.receiver.answerNext(...Array.from({ length: 9 }, () => 503));
    const alarm = makeAlarm(tenant.orgId);
    await world.tell(alarm, 1, "opened");
    for (const seconds of [0, 60, 120, 240, 480, 960]) await world.pass(seconds);
    await world.tell(alarm, 2, "escalated");
    clock.advance(6 * 60_000);
    await job.run(new AbortController().signal);
    expect(monitor.received).toHaveLength(1);
    await monitor.close();
  });
});
