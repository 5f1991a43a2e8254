import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type MailingServer, startMailingServer } from "../harness/mailing-server.ts";
import type { ReceivedMail } from "../harness/mailbox.ts";
import { DIALECTS } from "../harness/test-store.ts";
import { send } from "../security/http-client.ts";
import { makeTenant, type Tenant } from "../security/tenant.ts";

describe.each(DIALECTS)("an alarm on the whole server on %s", (dialect) => {
  let server: MailingServer;
  let tenant: Tenant;

  beforeAll(async () => {
    server = await startMailingServer(dialect);
    tenant = await makeTenant(server.url, server.shell, "Alarmed", ["owner"]);
  });
  afterAll(() => server.remove());

  const ask = (method: string, pathAndQuery: string, body?: unknown) =>
    send(server.url, method, pathAndQuery, tenant.as("owner"), body);
  const alarms = async () => (await ask("get", "/api/v1/alarms")).body.items;
  async function changeStatusPage(change: object): Promise<void> {
    const { version } = (await ask("get", "/api/v1/status-page")).body;
    const headers = { "if-match": `"${version}"` };
    const path = "/api/v1/status-page";
    const { status } = await send(server.url, "patch", path, tenant.as("owner"), change, headers);
    expect(status).toBe(200);
  }
  /** The mails so far, once there are as many. */
  async function mails(count: number): Promise<ReceivedMail[]> {
    await expect.poll(() => server.mailbox.mails.length, { timeout: 15_000 }).toBe(count);
    return server.mailbox.mails;
  }

  it("opens by a report, is mailed once, acknowledged by the link, and ends in the same thread", async () => {
    const { id: ruleId } = (
      await ask("post", "/api/v1/alarm-rules", {
        name: "CPU busy",
        type: "metric",
        scope: { kind: "class", deviceClass: "server" },
        settings: { metric: "cpu", operator: ">", critical: 90, clear: 80, forS: 0 },
      })
    ).body;
    expect(ruleId).toBeTypeOf("string");
    const device = await tenant.enrol();
    let sequence = 0;
    async function report(cpu: number): Promise<void> {
      sequence += 1;
      const now = Date.now();
      const samples = [{ at: now, cpu, memory: 10, disk: 10 }];
      const numbered = {
        v: 1,
        epoch: "epoch1",
        lane: "live",
        sequence,
        sentAt: now,
        bootId: "boot",
        samples,
      };
      const answer = await send(server.url, "post", "/api/v1/agent/report", device.credential, numbered);
      expect(answer.status).toBe(200);
    }

    await report(20);
    await report(97);
    const [opened] = await mails(1);
    expect(opened?.headers["subject"]).toContain("host-of-Alarmed");
    await report(98);
    const [alarm] = await alarms();
    expect(alarm).toMatchObject({ severity: "critical", state: "open", device: { id: device.id } });

    const text = opened?.raw.replaceAll("=\r\n", "").replaceAll("=3D", "=") ?? "";
    const link = /(\/api\/v1\/acknowledge\/[\w-]{43})/.exec(text)?.[1] ?? "";
    const shown = await fetch(server.url + link);
    expect(shown.status).toBe(200);
    expect((await ask("get", `/api/v1/alarms/${alarm.id}`)).body.acknowledgement).toBeNull();
    const acknowledged = await fetch(server.url + link, { method: "POST", headers: { origin: server.url } });
    expect(acknowledged.status).toBe(200);
    expect((await ask("get", `/api/v1/alarms/${alarm.id}`)).body.acknowledgement).toMatchObject({
      by: "owner",
    });

    await report(30);
    // Who acknowledged it gets no mail about that.
    const [first, last] = await mails(2);
    expect(last?.headers["references"]).toBe(first?.headers["references"]);
    expect(last?.headers["message-id"]).not.toBe(first?.headers["message-id"]);
    const { body: ended } = await ask("get", `/api/v1/alarms/${alarm.id}`);
    expect(ended).toMatchObject({ state: "ended", endReason: "cleared" });
    expect(ended.timeline.map(({ kind }: { kind: string }) => kind)).toEqual([
      "opened",
      "acknowledged",
      "ended",
    ]);
  });

  it("keeps a customer that rules, policies or the status page are for", async () => {
    const { id } = (await ask("post", "/api/v1/customers", { name: "Needed" })).body;
    const rule = (
      await ask("post", "/api/v1/alarm-rules", {
        name: "Theirs",
        type: "offline",
        scope: { kind: "customer", customerId: id },
        settings: {},
      })
    ).body;
    const policy = (
      await ask("post", "/api/v1/notification-policies", { name: "Theirs", match: { customerIds: [id] } })
    ).body;
    const components = [{ name: "Them", scope: { kind: "customer", customerId: id } }];
    await changeStatusPage({ components });

    const refused = await ask("delete", `/api/v1/customers/${id}`);
    expect([refused.status, refused.body.error.message]).toEqual([
      409,
      "The customer cannot be deleted: alarm rules are for it, notification policies are for it, the status page shows it. Merge it into another customer, or archive it.",
    ]);

    await ask("delete", `/api/v1/alarm-rules/${rule.id}`);
    await ask("delete", `/api/v1/notification-policies/${policy.id}`);
    await changeStatusPage({ components: [] });
    expect((await ask("delete", `/api/v1/customers/${id}`)).status).toBe(204);
  });
});
