import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { readTickets } from "../../server/src/alerting/notifications/tickets/ticket.repository.ts";
import { ticketUrlOf } from "../../server/src/alerting/notifications/tickets/ticket-systems.ts";
import { type Helpdesk, startHelpdesk } from "../harness/helpdesks.ts";
import { makeTenant, type Tenant } from "../harness/identity-server.ts";
import { makeAlarm, type NotificationWorld, startNotifications } from "../harness/notification-world.ts";

const HOSTILE = "{noformat}*x* <img src=x onerror=alert(1)> [a|http://evil.example] @all";
const CASES = [
  {
    type: "zammad",
    settings: { token: "zammad-token", group: "Users", customer: "it@example.org" },
    key: "2201",
    path: "/#ticket/zoom/1",
    closed: "closed",
    reopened: "open",
  },
  {
    type: "jira",
    settings: { user: "it@example.org", token: "jira-token", project: "OPS" },
    key: "OPS-1",
    path: "/browse/OPS-1",
    closed: "done",
    reopened: "todo",
  },
  {
    type: "glpi",
    settings: { appToken: "glpi-app", userToken: "glpi-user" },
    key: "1",
    path: "/front/ticket.form.php?id=1",
    closed: "solved",
    reopened: "2",
  },
] as const;

describe.each(CASES)("tickets in $type", ({ type, settings, key, path, closed, reopened }) => {
  let world: NotificationWorld;
  let helpdesk: Helpdesk;
  let tenant: Tenant;
  let channelId: string;
  beforeAll(async () => {
    world = await startNotifications("sqlite", "smtp");
  });
  afterAll(() => world.remove());
  beforeEach(async () => {
    helpdesk = await startHelpdesk(type);
    tenant = await makeTenant(world.identity);
    channelId = await makeChannel();
  });
  afterEach(() => helpdesk.close());

  const ask = (method: string, url: string, body?: unknown) =>
    world.ask(method, url, { cookie: tenant.users.admin.cookie, body });
  async function makeChannel(more: object = {}): Promise<string> {
    const channel = { name: "Desk", type, settings: { server: helpdesk.url, ...settings, ...more } };
    const made = await ask("POST", "/api/v1/channels", channel);
    expect(made.status).toBe(201);
    const recipients = { channelIds: [made.body.id] };
    const policy = { name: "All", recipients, collectS: 0 };
    await ask("POST", "/api/v1/notification-policies", policy);
    return made.body.id;
  }
  const newAlarm = (change: object = {}) => makeAlarm(tenant.orgId, change);
  const answers = async () => {
    const rows = await world.identity.store.read
      .selectFrom("delivery_attempts")
      .select(["outcome", "answer"])
      .where("org_id", "=", tenant.orgId)
      .orderBy("id")
      .execute();
    return rows.map(({ outcome, answer }) => `${outcome}: ${answer}`);
  };

  it("are opened once, get what happens to their alarm, and are closed with it", async () => {
    const alarm = newAlarm();
    await world.tell(alarm, 1, "opened");
    await world.pass(1);
    await world.tell(alarm, 2, "escalated");
    await world.pass(1);
    await world.tell(alarm, 3, "ended", { ended_at: alarm.opened_at + 60_000 });
    await world.pass(1);
    expect(helpdesk.tickets).toHaveLength(1);
    expect(helpdesk.tickets[0]?.notes).toHaveLength(3);
    expect(helpdesk.tickets[0]?.notes[0]).toContain(`http://localhost:8080/alarms/${alarm.id}`);
    expect(helpdesk.tickets[0]).toMatchObject({ state: closed });
    await world.tell(alarm, 4, "reopened", { ended_at: null });
    await world.pass(1);
    expect(helpdesk.tickets).toMatchObject([{ state: reopened }]);
    const [ticket] = await readTickets(world.identity.store.read, tenant.orgId, [alarm.id]);
    expect(ticket).toMatchObject({ key, name: "Desk" });
    expect(ticket && ticketUrlOf(ticket)).toBe(helpdesk.url + path);
    expect((await answers())[0]).toBe(`sent: Tickets: ${key}`);
  });

  it("are not opened again when the answer about their creation was lost", async () => {
    const alarm = newAlarm();
    await world.tell(alarm, 1, "opened");
    // The creation is handled, but its answer never comes.
    const before = type === "glpi" ? 2 : 1;
    for (let request = 0; request < before; request += 1) helpdesk.spoilNext(200);
    helpdesk.spoilNext(0);
    await world.pass(1);
    expect(helpdesk.tickets).toHaveLength(1);
    await world.pass(3_600);
    expect(helpdesk.tickets).toMatchObject([{ notes: [expect.any(String)] }]);
    expect(await readTickets(world.identity.store.read, tenant.orgId, [alarm.id])).toHaveLength(1);
  });

  it("are opened anew where somebody deleted them, and not for what is over", async () => {
    const alarm = newAlarm();
    await world.tell(alarm, 1, "opened");
    await world.pass(1);
    for (const ticket of helpdesk.tickets) ticket.id = 99;
    await world.tell(alarm, 2, "escalated");
    await world.pass(1);
    expect(helpdesk.tickets).toHaveLength(2);
    helpdesk.tickets.length = 0;
    await world.tell(alarm, 3, "ended", { ended_at: alarm.opened_at + 60_000 });
    await world.pass(1);
    expect(helpdesk.tickets).toHaveLength(0);
    expect((await answers()).at(-1)).toMatch(/^sent/);
  });

  it("hold the texts of devices as text", async () => {
    await world.tell(newAlarm({ device_name: HOSTILE, rule_name: HOSTILE }), 1, "opened");
    await world.pass(1);
    const note = helpdesk.tickets[0]?.notes[0] ?? "";
    if (type === "jira") expect(note.match(/\{noformat\}/g)).toHaveLength(2);
    if (type === "glpi") expect(note).not.toMatch(/<(?!p>|\/p>|br>)/);
    expect(note).not.toContain("http://evil");
    expect(note).not.toContain("@all");
  });

  it("are one ticket for a flood of alarms, which is not closed with one of them", async () => {
    await ask("DELETE", `/api/v1/channels/${channelId}`);
    const collecting = await ask("POST", "/api/v1/channels", {
      name: "Flooded",
      type,
      settings: { server: helpdesk.url, ...settings },
    });
    const [policy] = (await ask("GET", "/api/v1/notification-policies")).body.items;
    await ask("PATCH", `/api/v1/notification-policies/${policy.id}`, {
      recipients: { channelIds: [collecting.body.id] },
      collectS: 60,
    });
    const alarms = Array.from({ length: 31 }, () => newAlarm());
    for (const alarm of alarms) await world.tell(alarm, 1, "opened");
    await world.pass(61);
    expect(helpdesk.tickets).toHaveLength(2);
    const last = alarms.at(-1);
    if (!last) throw new Error("there are alarms");
    await world.tell(last, 2, "ended", { ended_at: last.opened_at + 60_000 });
    await world.pass(61);
    expect(helpdesk.tickets[1]).toMatchObject({
      state: "new",
      notes: [expect.any(String), expect.any(String)],
    });
  });

  it("are tried again while the system does not answer, and its refusal is shown", async () => {
    for (const status of [503, 401]) helpdesk.refuseNext(status);
    await world.tell(newAlarm(), 1, "opened");
    await world.pass(1);
    await world.pass(3_600);
    await world.pass(3_600);
    expect(helpdesk.tickets).toHaveLength(1);
    const rows = await answers();
    expect(rows.map((row) => row.split(":")[0])).toEqual(["retry", "retry", "sent"]);
  });

  it("are not opened by a test, which says whether the access works", async () => {
    const url = `/api/v1/channels/${channelId}/test`;
    expect((await ask("POST", url)).body).toMatchObject({ isSent: true });
    helpdesk.refuseNext(401);
    expect((await ask("POST", url)).body).toMatchObject({ isSent: false, status: 401 });
    expect(helpdesk.tickets).toEqual([]);
    const shown = JSON.stringify((await ask("GET", "/api/v1/channels")).body);
    for (const secret of ["zammad-token", "jira-token", "glpi-app", "glpi-user"])
      expect(shown).not.toContain(secret);
  });
});

describe("tickets by mail", () => {
  it("are one mail for each event, in the form that an administrator wrote, with nothing filled twice", async () => {
    const world = await startNotifications("sqlite", "smtp");
    onTestFinished(() => world.remove());
    const { cookie } = world.tenant.users.admin;
    const { email } = world.tenant.users.viewer;
    const settings = {
      address: email,
      subject: "{{severity}}: {{title}} on {{device}} ({{reference}}) {{unknown}}",
      text: "{{event}}\n{{text}}\n{{link}}",
    };
    const channel = { name: "Desk", type: "ticket-mail", settings };
    const made = await world.ask("POST", "/api/v1/channels", { cookie, body: channel });
    const recipients = { channelIds: [made.body.id] };
    const policy = { name: "All", recipients, collectS: 0 };
    await world.ask("POST", "/api/v1/notification-policies", { cookie, body: policy });
    const alarm = makeAlarm(world.tenant.orgId, { device_name: "{{link}}\r\nBcc: x@evil.example <b>" });
    await world.tell(alarm, 1, "opened");
    await world.pass(1);
    await world.tell(alarm, 2, "ended", { ended_at: alarm.opened_at + 60_000 });
    await world.pass(1);
    const [opened, ended] = world.mailbox.mails;
    expect(world.mailbox.mails).toHaveLength(2);
    const reference = `MUSTER-${alarm.id.slice(-12).toUpperCase()}`;
    for (const mail of [opened, ended]) {
      expect(mail?.headers["subject"]).toContain(reference);
      expect(mail?.headers["subject"]).toContain("{{unknown}}");
      expect(mail?.headers["bcc"]).toBeUndefined();
    }
    expect(opened?.raw).not.toMatch(/text\/html[^]*<b>/);
    expect(opened?.headers["references"]).toBe(ended?.headers["references"]);
  });
});
