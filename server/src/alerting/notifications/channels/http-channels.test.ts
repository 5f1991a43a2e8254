import { CHANNELS, TICKET_TYPES } from "@muster/shared/alarms/channels/catalog.ts";
import { describe, expect, it } from "vitest";
import { mailTextOf } from "../mail/mail-text.ts";
import { requestsOf } from "./http-channels.ts";
import { defused } from "./message-text.ts";
import type { OutgoingMessage } from "./outgoing-message.ts";

const HOSTILE =
  "<!channel> @everyone <b>x</b> [a](https://evil.example/) `*_~ \"'&\r\nBcc: eve@evil.example\u202e";
const context = { now: 1_000_000, signingSecrets: [] };
const SETTINGS = {
  webhook: { url: "https://hooks.example.org/x" },
  slack: { url: "https://hooks.slack.com/services/T/B/x" },
  teams: { url: "https://teams.example.org/x" },
  discord: { url: "https://discord.com/api/webhooks/1/x" },
  telegram: { token: `1:${"A".repeat(30)}`, chatId: "-100123" },
  ntfy: { topic: "alarms", token: "tk_x" },
  pagerduty: { routingKey: "a".repeat(32) },
} as const;
type HttpType = keyof typeof SETTINGS;

function message(change: Partial<OutgoingMessage["events"][number]> = {}, text = HOSTILE): OutgoingMessage {
  const alarm = {
    id: "alarm-1",
    type: "metric",
    severity: "critical" as const,
    title: text,
    sentence: text,
    deviceId: "device-1",
    deviceName: text,
    ruleId: null,
    ruleName: text,
    customerId: null,
    openedAt: 0,
    endedAt: 60_000,
    acknowledgedAt: null,
    acknowledgedBy: text,
  };
  const event = {
    kind: "opened" as const,
    eventNumber: 1,
    at: 0,
    severity: alarm.severity,
    alarm,
    acknowledgeUrl: null,
  };
  return {
    id: "message-1",
    language: "en",
    publicUrl: "https://muster.example.org",
    createdAt: 0,
    events: [{ ...event, ...change }],
    testOf: null,
    confirmUrl: null,
  };
}
const bodyOf = (type: HttpType, given = message()) =>
  requestsOf(type, given, SETTINGS[type], context).map(({ body }) => JSON.parse(String(body)));

describe("the text of a device", () => {
  it("becomes one line in which nothing is linked or mentioned", () => {
    expect(defused(HOSTILE, 500)).not.toMatch(/[\r\n\u202e]|:\/\/|@\S/);
    expect(defused("www.evil.example", 100)).toBe("www .evil.example");
    expect(defused("x".repeat(600), 500)).toHaveLength(500);
  });

  it("is named in the title, where the title of the alarm does not name it", () => {
    const [event] = message({}, "web-01").events;
    if (!event) throw new Error("unreachable");
    const titled = (title: string) =>
      mailTextOf({ ...message(), events: [{ ...event, alarm: { ...event.alarm, title } }] }).subject;
    expect(titled("Disk is full")).toBe("[Muster] Disk is full: web-01");
    expect(titled("Disk of web-01 is full")).toBe("[Muster] Disk of web-01 is full");
  });

  it("is plain text to Slack, and escaped where Slack reads markup", () => {
    const [body] = bodyOf("slack");
    expect(body.text).toContain("&lt;!channel&gt;");
    expect(body.text).not.toMatch(/[<>]|@everyone/m);
    expect(body).toMatchObject({ parse: "none", link_names: false });
    expect(body.blocks.map(({ text }: { text: { type: string } }) => text.type)).toEqual(["plain_text"]);
  });

  it("is escaped for Discord, where nobody is mentioned", () => {
    const [body] = bodyOf("discord");
    expect(body.allowed_mentions).toEqual({ parse: [] });
    expect(body.content).toContain("\\<\\!channel".replace("\\!", "!"));
    expect(body.content).not.toMatch(/(?<!\\)[*_~`[\]<]|^[-#>]|@everyone/m);
  });

  it("is a text run to Teams, and no Markdown", () => {
    const [{ attachments }] = bodyOf("teams");
    const inlines = attachments[0].content.body.flatMap(({ inlines: found }: { inlines: object[] }) => found);
    expect(attachments[0].content.body.every(({ type }: { type: string }) => type === "RichTextBlock")).toBe(
      true,
    );
    expect(inlines.every(({ type }: { type: string }) => type === "TextRun")).toBe(true);
  });

  it("is sent to Telegram and ntfy without a format", () => {
    const [telegram] = bodyOf("telegram");
    expect(telegram).not.toHaveProperty("parse_mode");
    expect(telegram.text).not.toMatch(/:\/\/|@\S/);
    const [ntfy] = bodyOf("ntfy");
    expect(ntfy).not.toHaveProperty("markdown");
    expect(ntfy.title).not.toMatch(/[\r\n]/);
  });

  it("injects neither a header nor HTML into a mail", () => {
    const { subject, html, text } = mailTextOf(message());
    expect(subject).not.toMatch(/[\r\n]/);
    expect(html).not.toMatch(/<b>|<!channel|href="https:\/\/evil/);
    expect(text).not.toContain("https://evil");
    expect(mailTextOf(message({ acknowledgeUrl: 'https://x/"><script>' })).html).not.toContain("<script>");
  });
});

describe("the requests of a channel", () => {
  it("are made for every type that sends no mails and keeps no tickets", () => {
    const others: readonly string[] = ["email", "ticket-mail", ...TICKET_TYPES];
    expect(
      Object.keys(CHANNELS)
        .filter((type) => !others.includes(type))
        .toSorted(),
    ).toEqual(Object.keys(SETTINGS).toSorted());
  });

  it("go to the documented addresses", () => {
    const urlOf = (type: HttpType) => requestsOf(type, message(), SETTINGS[type], context)[0]?.url;
    expect(urlOf("telegram")).toBe(`https://api.telegram.org/bot1:${"A".repeat(30)}/sendMessage`);
    expect(urlOf("ntfy")).toBe("https://ntfy.sh/");
    expect(urlOf("pagerduty")).toBe("https://events.pagerduty.com/v2/enqueue");
    expect(urlOf("discord")).toBe(SETTINGS.discord.url);
  });

  it("trigger, acknowledge and resolve one incident of PagerDuty per alarm", () => {
    const actionOf = (kind: "opened" | "acknowledged" | "ended") => bodyOf("pagerduty", message({ kind }))[0];
    expect(actionOf("opened")).toMatchObject({
      event_action: "trigger",
      dedup_key: "alarm-1",
      payload: { severity: "critical" },
    });
    expect(actionOf("acknowledged")).toMatchObject({ event_action: "acknowledge", dedup_key: "alarm-1" });
    expect(actionOf("ended")).toMatchObject({ event_action: "resolve", dedup_key: "alarm-1" });
  });

  it("list 20 events and count the others, within the length that Discord and Telegram take", () => {
    const [event] = message({}, "x".repeat(300)).events;
    const many = {
      ...message(),
      events: Array.from({ length: 45 }, () => event).filter((one) => one !== undefined),
    };
    expect(mailTextOf(many)).toMatchObject({ subject: "[Muster] 45 messages about alarms" });
    expect(mailTextOf(many).text).toContain("and 25 more");
    expect(bodyOf("discord", many)[0].content.length).toBeLessThanOrEqual(2_000);
    expect(bodyOf("telegram", many)[0].text.length).toBeLessThanOrEqual(4_096);
  });

  it("are cut between characters, for ntfy by their bytes", () => {
    for (const text of ["\u{1f525}".repeat(200), `x${"\u{1f525}".repeat(200)}`, "\u706b".repeat(400)]) {
      const [event] = message({}, text).events;
      const many = {
        ...message(),
        events: Array.from({ length: 20 }, () => event).filter((one) => one !== undefined),
      };
      for (const type of ["telegram", "discord", "slack", "ntfy", "pagerduty"] as const)
        expect(JSON.stringify(bodyOf(type, many))).not.toMatch(/\\ud[89a-f]/);
      expect(Buffer.byteLength(bodyOf("ntfy", many)[0].message)).toBeLessThanOrEqual(3_500);
    }
  });

  it.each(["en", "fr", "es", "ru", "de"] as const)("speak %s", (language) => {
    const texts = (["opened", "ended", "acknowledged", "reminder"] as const).map(
      (kind) => mailTextOf({ ...message({ kind }, "web-01"), language }).text,
    );
    expect(new Set(texts).size).toBe(4);
    for (const text of texts) expect(text).not.toMatch(/\{\{|undefined/);
  });
});
