import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openShell, type TestShell } from "../harness/command-line.ts";
import { type ComposedServer, startComposedServer } from "../harness/composed-server.ts";
import { type PushBrowser, type PushService, startPushService } from "../harness/push-service.ts";
import { DIALECTS } from "../harness/test-store.ts";
import { send } from "../security/http-client.ts";
import { makeTenant, type Tenant } from "../security/tenant.ts";

const PATIENCE = { timeout: 20_000 };

describe.each(DIALECTS)("push notifications on %s, on a server that sends no mails", (dialect) => {
  let shell: TestShell;
  let server: ComposedServer;
  let service: PushService;
  let tenant: Tenant;
  let count = 0;

  beforeAll(async () => {
    shell = await openShell(dialect);
    await shell.run(["org", "create", "First"]);
    server = await startComposedServer({
      ...shell.environment,
      MUSTER_WEBHOOK_ALLOW_PRIVATE: "127.0.0.1/32",
    });
    service = await startPushService();
  });
  afterAll(async () => {
    await server.close();
    await service.close();
    await shell.remove();
  });
  beforeEach(async () => {
    service.received.length = 0;
    count += 1;
    tenant = await makeTenant(server.url, shell, `Pushed ${count}`, ["viewer", "owner"]);
  });

  type Member = "owner" | "viewer";
  const ask = (method: string, route: string, { as = "owner", body }: { as?: Member; body?: unknown } = {}) =>
    send(server.url, method, `/api/v1/${route}`, tenant.as(as), body);
  const list = async (as: Member = "owner") => (await ask("get", "push-subscriptions", { as })).body.items;

  async function subscribe(as: Member = "owner", browser: PushBrowser = service.subscribe()) {
    const { status, body } = await ask("post", "push-subscriptions", {
      as,
      body: { ...browser, name: "Firefox" },
    });
    expect(status).toBe(201);
    return { browser, id: body.id as string };
  }
  async function report(severity = "critical", text = "Backup failed"): Promise<string> {
    const { body } = await ask("post", "alarms", { body: { key: "backup", text, severity } });
    return body.alarms[0].id;
  }
  const contents = () => service.received.map(({ content }) => content);

  it("tell whom the default policy names, signed and encrypted, and of the end in place of the beginning", async () => {
    await subscribe();
    await subscribe("viewer");
    const { publicKey } = (await ask("get", "push-subscriptions")).body;
    const alarmId = await report();
    await expect.poll(contents, PATIENCE).toHaveLength(1);
    await ask("post", `alarms/${alarmId}/resolve`, { body: {} });
    await expect.poll(contents, PATIENCE).toHaveLength(2);

    const [opened, ended] = service.received;
    expect(opened?.content).toMatchObject({
      title: expect.stringContaining("Backup failed"),
      path: `/alarms/${alarmId}`,
      severity: "critical",
      tag: `muster-alarm-${alarmId}`,
    });
    expect(ended?.content).toMatchObject({ severity: null, isSilent: true, tag: opened?.content.tag });
    expect(opened?.headers).toMatchObject({
      urgency: "high",
      ttl: "86400",
      topic: alarmId.replaceAll("-", ""),
    });
    expect(ended?.headers["urgency"]).toBe("normal");
    expect(opened?.senderKey).toBe(publicKey);
    expect(opened?.sender).toMatchObject({ aud: service.url, sub: expect.stringMatching(/^mailto:/) });
    expect(opened?.sender.exp).toBeLessThanOrEqual(Date.now() / 1000 + 24 * 3_600);
    const [own] = await list();
    expect(own.lastSentAt).not.toBeNull();
  });

  it("are in the log of deliveries with the browser, and in the preview", async () => {
    await subscribe();
    const alarmId = await report();
    await expect.poll(contents, PATIENCE).toHaveLength(1);
    const logged = async () => (await ask("get", `deliveries?alarmId=${alarmId}`)).body.items;
    await expect.poll(async () => (await logged())[0]?.state, PATIENCE).toBe("sent");
    const [delivery] = await logged();
    expect(delivery).toMatchObject({ isPush: true, browser: "Firefox", channelId: null, userName: "owner" });
    const preview = await ask("post", "notification-policies/preview", { body: { severity: "critical" } });
    expect(preview.body.steps[0].recipients).toEqual([
      expect.objectContaining({ name: "owner", browser: "Firefox" }),
    ]);
    expect(preview.body.unreached).toEqual([]);
  });

  it("say in a test what the push service answers", async () => {
    const { id } = await subscribe();
    service.answerNext(503);
    const tried = await ask("post", `push-subscriptions/${id}/test`);
    expect(tried.body).toMatchObject({ isSent: false, status: 503 });
    const again = await ask("post", `push-subscriptions/${id}/test`);
    expect(again.body).toMatchObject({ isSent: true, status: 201 });
    expect(contents()).toEqual([
      expect.objectContaining({ path: "/alarms" }),
      expect.objectContaining({ severity: null, body: expect.stringContaining("Firefox") }),
    ]);
  });

  it("end for a browser that the push service does not know any more", async () => {
    await subscribe();
    service.answerNext(410);
    const alarmId = await report();
    await expect.poll(() => list(), PATIENCE).toEqual([]);
    const [delivery] = (await ask("get", `deliveries?alarmId=${alarmId}`)).body.items;
    expect(delivery).toMatchObject({ state: "failed", isPush: true, browser: null, userName: "owner" });
  });

  it("end with a changed password, with the membership, and for the former user of a browser", async () => {
    const { browser } = await subscribe("viewer");
    await subscribe("owner", browser);
    expect(await list("viewer")).toEqual([]);
    expect((await ask("get", "channels")).body.hasPushSubscriptions).toBe(true);
    expect(await list()).toHaveLength(1);

    const change = { current: "a passphrase for tests", next: "another passphrase for tests" };
    expect((await ask("post", "me/password", { body: change })).status).toBe(204);
    expect(await list()).toEqual([]);
    expect((await ask("get", "channels")).body.hasPushSubscriptions).toBe(false);

    await subscribe("viewer");
    const viewerId = await tenant.userId("viewer");
    expect((await ask("delete", `users/${viewerId}`)).status).toBe(204);
    const policy = { name: "Everybody", recipients: { roles: ["viewer", "owner"] } };
    expect((await ask("post", "notification-policies", { body: policy })).status).toBe(201);
    await subscribe();
    const alarmId = await report();
    const { items } = (await ask("get", `deliveries?alarmId=${alarmId}`)).body;
    expect(items.map(({ userName }: { userName: string }) => userName)).toEqual(["owner"]);
    await expect.poll(contents, PATIENCE).toHaveLength(1);
  });

  it("tell once of what is watched", async () => {
    await subscribe("viewer");
    expect((await ask("get", "watches", { as: "viewer" })).body.isReachable).toBe(true);
    expect((await ask("get", "watches")).body.isReachable).toBe(false);
    const alarmId = await report("info");
    await ask("post", "watches", { as: "viewer", body: { kind: "alarm", targetId: alarmId } });
    await ask("post", `alarms/${alarmId}/resolve`, { body: {} });
    await expect.poll(contents, PATIENCE).toEqual([expect.objectContaining({ path: `/alarms/${alarmId}` })]);
  });

  it("are refused to addresses inside, without keys, and beyond ten browsers", async () => {
    const browser = service.subscribe();
    const answers = await Promise.all([
      ask("post", "push-subscriptions", { body: { ...browser, endpoint: "https://10.0.0.1/x", name: "B" } }),
      ask("post", "push-subscriptions", { body: { ...browser, endpoint: "http://192.0.2.1/x", name: "B" } }),
      ask("post", "push-subscriptions", {
        body: { ...browser, keys: { p256dh: "AA", auth: "AA" }, name: "B" },
      }),
      ask("post", "push-subscriptions", {
        body: { ...browser, keys: { ...browser.keys, p256dh: `B${"A".repeat(86)}` }, name: "B" },
      }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([400, 400, 400, 400]);
    for (let made = 0; made < 10; made += 1) await subscribe();
    const eleventh = await ask("post", "push-subscriptions", { body: { ...service.subscribe(), name: "B" } });
    expect([eleventh.status, eleventh.body.error.message]).toEqual([
      409,
      expect.stringContaining("10 browsers"),
    ]);
  });
});
