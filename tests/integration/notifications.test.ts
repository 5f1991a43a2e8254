import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Webhook } from "standardwebhooks";
import { moveNotifications } from "../../server/src/alerting/notifications/index.ts";
import { makeTenant, PASSWORD, type Tenant } from "../harness/identity-server.ts";
import { makeAlarm, type NotificationWorld, startNotifications } from "../harness/notification-world.ts";
import { DIALECTS } from "../harness/test-store.ts";

describe.each(DIALECTS)("notifications on %s", (dialect) => {
  let world: NotificationWorld;
  let tenant: Tenant;

  beforeAll(async () => {
    world = await startNotifications(dialect);
  });
  afterAll(() => world.remove());
  beforeEach(async () => {
    tenant = await makeTenant(world.identity);
    world.receiver.reset();
    world.mailbox.mails.length = 0;
  });

  const asAdmin = (method: string, path: string, body?: unknown) =>
    world.ask(method, path, { cookie: tenant.users.admin.cookie, body });

  async function makeWebhook(policy: object = {}): Promise<{ id: string; signingSecret: string }> {
    const { body, status } = await asAdmin("POST", "/api/v1/channels", {
      name: "Chat",
      type: "webhook",
      settings: { url: world.receiver.url },
    });
    expect(status, JSON.stringify(body)).toBe(201);
    const created = await asAdmin("POST", "/api/v1/notification-policies", {
      name: "All",
      recipients: { channelIds: [body.id] },
      ...policy,
    });
    expect(created.status, JSON.stringify(created.body)).toBe(201);
    return body;
  }
  const kinds = () =>
    world.receiver.received.map(({ json }) =>
      json.data.events.map(({ kind }: { kind: string }) => kind).join(),
    );
  const deliveries = async (query = "") => (await asAdmin("GET", `/api/v1/deliveries${query}`)).body.items;

  it("mail warnings and above to owners and administrators, without any configuration, in one thread", async () => {
    const alarm = makeAlarm(tenant.orgId, { severity: "warning" });
    await world.tell(alarm, 1, "opened");
    await world.tell(makeAlarm(tenant.orgId, { severity: "info" }), 1, "opened");
    await world.pass(1);
    const { admin, owner } = tenant.users;
    expect(world.mailbox.mails.map(({ to }) => to.join()).toSorted()).toEqual(
      [admin.email, owner.email].toSorted(),
    );
    await world.tell(alarm, 2, "ended", { ended_at: world.identity.clock.now() });
    await world.pass(1);
    const [first, last] = world.mailbox.mails.filter(({ to }) => to.includes(owner.email));
    expect(first).toMatchObject({ isEncrypted: true, user: "muster" });
    expect(first?.headers).toMatchObject({
      "auto-submitted": "auto-generated",
      subject: "[Muster] Disk almost full on web-01",
      references: `<alarm.${alarm.id}@example.org>`,
    });
    expect(last?.headers).toMatchObject({
      subject: first?.headers["subject"],
      "in-reply-to": `<alarm.${alarm.id}@example.org>`,
    });
    expect(last?.headers["message-id"]).not.toBe(first?.headers["message-id"]);
    expect(first?.raw).toContain("text/html");
  });

  it("are signed so that the published library verifies them, with both secrets after a rotation", async () => {
    const { id, signingSecret } = await makeWebhook();
    const rotated = await asAdmin("POST", `/api/v1/channels/${id}/rotate-secret`);
    await asAdmin("POST", `/api/v1/channels/${id}/test`);
    const [test] = world.receiver.received;
    if (!test) throw new Error("nothing was received");
    expect(test.headers["webhook-signature"]?.split(" ")).toHaveLength(2);
    for (const secret of [signingSecret, rotated.body.signingSecret])
      expect(isVerified(secret, test, world.identity.clock.now())).toBe(true);
    expect(isVerified(`whsec_${Buffer.alloc(32).toString("base64")}`, test, world.identity.clock.now())).toBe(
      false,
    );
  });

  it("keep their id and wait longer each time while the receiver fails, and log every answer", async () => {
    await makeWebhook();
    world.receiver.answerNext(500, 0, 429);
    await world.tell(makeAlarm(tenant.orgId), 1, "opened");
    for (const seconds of [0, 30, 60, 120]) await world.pass(seconds);
    const ids = world.receiver.received.map(({ headers }) => headers["webhook-id"]);
    expect(ids).toHaveLength(4);
    expect(new Set(ids).size).toBe(1);
    const [delivery] = await deliveries();
    expect(delivery).toMatchObject({ state: "sent", messageId: ids[0], kind: "opened" });
    expect(delivery.attempts.map(({ status }: { status: number | null }) => status)).toEqual([
      500,
      null,
      429,
      200,
    ]);
  });

  it("are given up after 24 hours, and can be sent once more under the same id", async () => {
    await makeWebhook();
    world.receiver.answerNext(...Array.from({ length: 19 }, () => 503));
    await world.tell(makeAlarm(tenant.orgId), 1, "opened");
    for (let halfHours = 0; halfHours < 50; halfHours += 1) await world.pass(1_800);
    const { email } = tenant.users.admin;
    const again = await world.identity.ask("POST", "/api/v1/auth/login", {
      body: { email, password: PASSWORD },
    });
    tenant.users.admin.cookie = again.cookie ?? "";
    const [failed] = await deliveries("?state=failed");
    expect(failed.attempts).toHaveLength(10);
    const [firstId, ...otherIds] = new Set(
      world.receiver.received.map(({ headers }) => headers["webhook-id"]),
    );
    expect(otherIds).toEqual([]);
    world.receiver.reset();
    const replayed = await asAdmin("POST", `/api/v1/deliveries/${failed.id}/replay`);
    expect(replayed.body).toMatchObject({ state: "waiting" });
    await world.pass(0);
    expect(world.receiver.received.map(({ headers }) => headers["webhook-id"])).toEqual([firstId]);
    expect((await deliveries())[0]).toMatchObject({ state: "sent" });
  });

  it("of one alarm keep their order, while another alarm passes", async () => {
    await makeWebhook({ collectS: 0 });
    const [first, second] = [makeAlarm(tenant.orgId, { severity: "warning" }), makeAlarm(tenant.orgId)];
    world.receiver.answerNext(500);
    await world.tell(first, 1, "opened");
    await world.pass(0);
    await world.tell(first, 2, "escalated", { severity: "critical" });
    await world.tell(second, 1, "opened");
    await world.pass(1);
    await world.pass(30);
    expect(kinds()).toEqual(["opened", "opened", "opened", "escalated"]);
    expect(world.receiver.received.map(({ json }) => json.data.events[0].alarm.id)).toEqual([
      first.id,
      second.id,
      first.id,
      first.id,
    ]);
  });

  it("tell nothing of an alarm that ended before it was tried, and both after tries in vain", async () => {
    await makeWebhook();
    await world.tell(makeAlarm(tenant.orgId), 1, "opened");
    await world.pass(0);
    const short = makeAlarm(tenant.orgId);
    await world.tell(short, 1, "opened");
    await world.tell(short, 2, "ended", { ended_at: world.identity.clock.now() });
    await world.pass(120);
    expect(kinds()).toEqual(["opened"]);
    expect((await deliveries(`?alarmId=${short.id}`)).map(({ state }: { state: string }) => state)).toEqual([
      "merged",
      "merged",
    ]);

    const long = makeAlarm(tenant.orgId);
    world.receiver.answerNext(500);
    await world.tell(long, 1, "opened");
    await world.pass(0);
    await world.tell(long, 2, "ended", { ended_at: world.identity.clock.now() });
    await world.pass(60);
    expect(kinds()).toEqual(["opened", "opened", "ended"]);
    expect(world.receiver.received.at(-1)?.json.data.events[0].alarm).toMatchObject({
      openedAt: expect.stringContaining("2026"),
      endedAt: expect.stringContaining("2026"),
    });
  });

  it("leave at once for the first alarm, together for those that follow, and at once when all is clear", async () => {
    await makeWebhook({ collectS: 60 });
    const [first, ...others] = Array.from({ length: 4 }, () => makeAlarm(tenant.orgId));
    if (!first) throw new Error("unreachable");
    await world.tell(first, 1, "opened");
    await world.pass(0);
    for (const alarm of others) await world.tell(alarm, 1, "opened");
    await world.pass(30);
    expect(kinds()).toEqual(["opened"]);
    await world.tell(first, 2, "ended", { ended_at: world.identity.clock.now() });
    await world.pass(0);
    expect(kinds()).toEqual(["opened", "ended"]);
    await world.pass(30);
    expect(kinds()).toEqual(["opened", "ended", "opened,opened,opened"]);
  });

  it("become a digest beyond 20 in five minutes", async () => {
    await makeWebhook({ collectS: 0 });
    for (let count = 0; count < 50; count += 1) await world.tell(makeAlarm(tenant.orgId), 1, "opened");
    await world.pass(0);
    expect(world.receiver.received).toHaveLength(20);
    await world.pass(300);
    expect(world.receiver.received).toHaveLength(21);
    expect(world.receiver.received.at(-1)?.json.data.events).toHaveLength(30);
    for (let count = 0; count < 250; count += 1) await world.tell(makeAlarm(tenant.orgId), 1, "opened");
    await world.pass(300);
    const sizes = world.receiver.received.slice(21).map(({ json }) => json.data.events.length);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(250);
    expect(Math.max(...sizes)).toBe(200);
  });

  it("are planned once, however often the same event is told", async () => {
    await makeWebhook();
    const alarm = makeAlarm(tenant.orgId);
    await world.tell(alarm, 1, "opened");
    await world.tell(alarm, 1, "opened");
    await world.pass(0);
    expect(kinds()).toEqual(["opened"]);
  });

  it("are repeated until somebody acknowledges, and told to further recipients", async () => {
    const { id } = await makeWebhook({ remindEveryMin: 10 });
    const [policy] = (await asAdmin("GET", "/api/v1/notification-policies")).body.items;
    const changed = await asAdmin("PATCH", `/api/v1/notification-policies/${policy.id}`, {
      escalateAfterMin: 15,
      escalateTo: { userIds: [tenant.users.operator.id] },
    });
    expect(changed.status).toBe(200);
    const alarm = makeAlarm(tenant.orgId);
    await world.tell(alarm, 1, "opened");
    await world.pass(0);
    for (const minutes of [10, 5, 5]) {
      world.identity.clock.advance(minutes * 60_000);
      await world.runJob("notification-follow-ups");
      await world.pass(0);
    }
    expect(kinds()).toEqual(["opened", "reminder", "reminder"]);
    expect(world.mailbox.mails.map(({ to }) => to)).toEqual([[tenant.users.operator.email]]);
    await world.tell(alarm, 2, "acknowledged", { acknowledged_at: 1, acknowledged_by: "Ann" });
    await world.pass(0);
    world.identity.clock.advance(3_600_000);
    await world.runJob("notification-follow-ups");
    await world.pass(0);
    expect(kinds()).toEqual(["opened", "reminder", "reminder", "acknowledged"]);
    expect((await deliveries(`?channelId=${id}`)).length).toBe(4);
  });

  it("are reminded of by one run of the job, however many are due", async () => {
    await makeWebhook({ remindEveryMin: 10 });
    for (let count = 0; count < 201; count += 1) await world.tell(makeAlarm(tenant.orgId), 1, "opened");
    world.identity.clock.advance(10 * 60_000);
    await world.runJob("notification-follow-ups");
    await world.pass(3_600);
    const told = kinds().flatMap((list) => list.split(","));
    expect(told.filter((kind) => kind === "reminder")).toHaveLength(201);
  });

  it("are in the language that the recipient reads", async () => {
    const { cookie } = tenant.users.owner;
    const body = { language: "fr" };
    expect((await world.identity.ask("PUT", "/api/v1/me/language", { cookie, body })).status).toBe(204);
    expect((await world.identity.ask("GET", "/api/v1/me", { cookie })).body.user.language).toBe("fr");
    await world.tell(makeAlarm(tenant.orgId), 1, "opened");
    await world.pass(0);
    const languages = world.mailbox.mails.map(({ to, raw }) => [
      to[0],
      /<html lang=3D"(\w+)"/.exec(raw)?.[1],
    ]);
    expect(Object.fromEntries(languages)).toEqual({
      [tenant.users.owner.email]: "fr",
      [tenant.users.admin.email]: "en",
    });
  });

  it("about something else go to a member by mail, and to nobody who is none", async () => {
    const { orgId, users } = tenant;
    const comment = "See www.evil.example <b>";
    const silence = {
      kind: "silence",
      author: "Ann",
      comment,
      devices: 12,
      endsAt: 0,
      customerId: null,
    } as const;
    const watched = {
      about: "device",
      until: "online",
      name: "<i>web-1",
      targetId: "1",
      customerId: null,
    } as const;
    await world.identity.store.transaction(async (tx) => {
      for (const userId of [users.owner.id, "nobody"])
        await world.notifications.planNote(tx, { orgId, userId }, silence);
      await world.notifications.planNote(
        tx,
        { orgId, userId: users.admin.id },
        { kind: "watch", ...watched },
      );
    });
    await world.pass(0);
    await world.pass(3_600);
    const mails = world.mailbox.mails.toSorted((a, b) => String(a.to).localeCompare(String(b.to)));
    expect(mails.flatMap(({ to }) => to)).toEqual([users.owner.email, users.admin.email].toSorted());
    const [ofWatch, ofSilence] = ["is back", "silenced alarms"].map((text) =>
      mails.find(({ headers }) => headers["subject"]?.includes(text)),
    );
    expect(ofSilence?.headers["subject"]).toContain("Ann silenced alarms until 1970-01-01 00:00 UTC");
    expect(ofSilence?.raw).toContain("See www .evil.example <b>\r\n");
    expect(ofSilence?.raw).toContain("&lt;b&gt;");
    expect(ofWatch?.raw.replaceAll("=\r\n", "")).toContain("&lt;i&gt;web-1 is back");
    expect(ofWatch?.raw).toContain("/devices/1");
  });

  it("tell the others that somebody acknowledged an alarm, and not who did it", async () => {
    const alarm = makeAlarm(tenant.orgId);
    await world.tell(alarm, 1, "opened");
    await world.pass(0);
    const acknowledged = { acknowledged_at: 1, acknowledged_by: "owner" };
    await world.tell(alarm, 2, "acknowledged", acknowledged, tenant.users.owner.id);
    await world.pass(0);
    expect(world.mailbox.mails.slice(2).map(({ to }) => to)).toEqual([[tenant.users.admin.email]]);
  });

  it("of a refused address fail at once, and those of a busy mail server later", async () => {
    world.mailbox.refuseNext(550, 451);
    await world.tell(makeAlarm(tenant.orgId), 1, "opened");
    await world.pass(0);
    const states = (await deliveries()).map(
      ({ state, attempts }: { state: string; attempts: { status: number }[] }) => [
        state,
        attempts[0]?.status,
      ],
    );
    expect(states.toSorted()).toEqual([
      ["failed", 550],
      ["waiting", 451],
    ]);
    await world.pass(30);
    expect(world.mailbox.mails).toHaveLength(1);
  });

  it("acknowledge an alarm by the link of a mail: GET shows, POST acts, and says who", async () => {
    const alarm = makeAlarm(tenant.orgId);
    await world.tell(alarm, 1, "opened");
    await world.pass(0);
    const linkIn = (role: "admin" | "owner") => {
      const mail = world.mailbox.mails.find(({ to }) => to.includes(tenant.users[role].email));
      const text = mail?.raw.replaceAll("=\r\n", "").replaceAll("=3D", "=") ?? "";
      return new URL(
        /http:\/\/localhost:8080(\/api\/v1\/acknowledge\/[\w-]{43})/.exec(text)?.[0] ?? "http://x/",
      ).pathname;
    };
    const [admins, owners] = [linkIn("admin"), linkIn("owner")];
    expect(admins).not.toBe(owners);
    const shown = await world.ask("GET", admins);
    expect(shown).toMatchObject({ status: 200 });
    expect(shown.body).toContain('<form method="post">');
    expect(world.alarms.get(alarm.id)?.acknowledged_at).toBeNull();
    const done = await world.ask("POST", admins);
    expect(done.body).toContain("You have acknowledged this alarm.");
    expect((await world.ask("POST", admins)).body).toContain("You have acknowledged this alarm.");
    expect((await world.ask("POST", owners)).body).toMatch(/admin of Tenant \d+ has already acknowledged/);
    expect((await world.ask("GET", `${admins.slice(0, -1)}_`)).status).toBe(404);
    world.identity.clock.advance(8 * 24 * 3_600_000);
    expect((await world.ask("GET", owners)).status).toBe(404);
  });

  it("of channels show no secret, and the mask leaves it as it is", async () => {
    const { id } = await makeWebhook();
    const { body } = await asAdmin("GET", "/api/v1/channels");
    expect(JSON.stringify(body)).not.toContain("/hook");
    expect(body.items[0]).toMatchObject({
      settings: { url: "********" },
      host: new URL(world.receiver.url).host,
    });
    const changed = await asAdmin("PATCH", `/api/v1/channels/${id}`, {
      name: "New",
      settings: { url: "********" },
    });
    expect(changed.body).toMatchObject({ name: "New", version: 2 });
    expect((await asAdmin("POST", `/api/v1/channels/${id}/test`)).body).toMatchObject({
      isSent: true,
      status: 200,
    });
    expect((await asAdmin("DELETE", `/api/v1/channels/${id}`)).status).toBe(409);
  });

  it("of a channel that changes its server are not sent with the secrets of the previous one", async () => {
    const token = `1:${"A".repeat(30)}`;
    const settings = { server: new URL(world.receiver.url).origin, token, chatId: "1" };
    const { body } = await asAdmin("POST", "/api/v1/channels", { name: "Chat", type: "telegram", settings });
    const move = (given: object) => asAdmin("PATCH", `/api/v1/channels/${body.id}`, { settings: given });
    const server = `${settings.server}/mine`;
    for (const given of [{ server }, { server, token: "********" }]) {
      const refused = await move(given);
      expect(refused.status).toBe(400);
      expect(refused.body.error.details).toEqual([
        { path: "settings.token", message: "must be entered again" },
      ]);
    }
    expect((await move({ server, token })).status).toBe(200);
    expect((await move({ server, chatId: "2" })).status).toBe(200);
  });

  it.each([
    ["webhook", { url: "http://10.0.0.1/" }, "settings.url"],
    ["webhook", { url: "https://[::1]/" }, "settings.url"],
    ["webhook", {}, "settings.url"],
    ["email", { addresses: ["ann@example.org\r\nBcc: eve@example.org"] }, "settings.addresses.0"],
    ["telegram", { token: "x", chatId: "1" }, "settings.token"],
  ])("refuse a channel of type %s with %j", async (type, settings, field) => {
    const { status, body } = await asAdmin("POST", "/api/v1/channels", { name: "Bad", type, settings });
    expect(status).toBe(400);
    expect(body.error.details.map(({ path }: { path: string }) => path)).toContain(field);
  });

  it("follow a customer that is merged, and refuse customers and rules of others", async () => {
    const [from, into, foreign] = [makeAlarm("").id, makeAlarm("").id, makeAlarm("").id];
    for (const id of [from, into]) world.customers.set(id, tenant.orgId);
    world.customers.set(foreign, "another organization");
    const unknown = await asAdmin("POST", "/api/v1/notification-policies", {
      name: "Bad",
      match: { customerIds: [into, foreign], ruleIds: [foreign] },
    });
    expect(unknown.status).toBe(400);
    expect(unknown.body.error.details.map(({ path }: { path: string }) => path)).toEqual([
      "match.customerIds.1",
      "match.ruleIds.0",
    ]);
    await makeWebhook({ match: { customerIds: [from, into] } });
    await world.tell(makeAlarm(tenant.orgId, { customer_id: from }), 1, "opened");
    const { store } = world.identity;
    await store.transaction((tx) => moveNotifications(tx, tenant.orgId, from, into));
    world.customers.delete(from);
    const [policy] = (await asAdmin("GET", "/api/v1/notification-policies")).body.items;
    expect(policy).toMatchObject({ match: { customerIds: [into] }, version: 2 });
    const rows = store.read.selectFrom("deliveries").select("customer_id").where("org_id", "=", tenant.orgId);
    expect(await rows.execute()).toEqual([{ customer_id: into }]);
  });

  it("go on to be changed when somebody whom a policy names has left", async () => {
    const { id: channel } = await makeWebhook({ recipients: { userIds: [tenant.users.viewer.id] } });
    const [policy] = (await asAdmin("GET", "/api/v1/notification-policies")).body.items;
    await world.identity.store.transaction((tx) =>
      tx.deleteFrom("memberships").where("user_id", "=", tenant.users.viewer.id).execute(),
    );
    const change = (body: object) => asAdmin("PATCH", `/api/v1/notification-policies/${policy.id}`, body);
    expect((await change({ name: "Renamed" })).status).toBe(200);
    expect((await change({ recipients: { channelIds: [channel] } })).status).toBe(200);
    expect((await change({ recipients: { userIds: [tenant.users.viewer.id] } })).status).toBe(400);
  });

  it("of another organization can be neither read nor changed", async () => {
    const { id } = await makeWebhook();
    await world.tell(makeAlarm(tenant.orgId), 1, "opened");
    const other = await makeTenant(world.identity);
    const cookie = other.users.owner.cookie;
    expect((await world.ask("GET", "/api/v1/deliveries", { cookie })).body.items).toEqual([]);
    expect((await world.ask("POST", `/api/v1/channels/${id}/test`, { cookie })).status).toBe(404);
    const body = { name: "x", recipients: { channelIds: [id], userIds: [tenant.users.owner.id] } };
    expect((await world.ask("POST", "/api/v1/notification-policies", { cookie, body })).status).toBe(400);
  });
});

/** The published library judges time stamps by the clock of this machine, so the test's time is put there. */
function isVerified(
  secret: string,
  { text, headers }: { text: string; headers: Record<string, string> },
  now: number,
): boolean {
  const { now: realNow } = Date;
  Date.now = () => now;
  try {
    new Webhook(secret).verify(text, headers);
    return true;
  } catch {
    return false;
  } finally {
    Date.now = realNow;
  }
}
