import { describe, expect, test } from "vitest";
import { METRIC_NAMES } from "../contracts/metric-table.ts";
import { createFormats } from "../i18n/formats.ts";
import { LANGUAGE_CODES, loadMessages } from "../i18n/languages.ts";
import { alarmsEn } from "../i18n/en/alarms.messages.ts";
import { alarmTextOf, type DescribedAlarm, endReasonText } from "./alarm-text.ts";
import { AlarmEndReason } from "./end-reasons.ts";

const english = { texts: alarmsEn, formats: createFormats("en", "UTC") };
const alarm = (given: Partial<DescribedAlarm>): DescribedAlarm => ({
  type: "metric",
  facts: {},
  instance: null,
  deviceName: "web-1",
  ruleName: "Rule",
  ...given,
});
const SINCE = Date.UTC(2026, 10, 30, 9);
const FORECAST = { value: 9.5, forecast: { free: 19e9, perDay: 2e9, days: 28, at: SINCE } };
const USUAL = { text: "cpu", usual: { low: 2, high: 34, middle: 18, count: 144 } };
const TYPES = [
  "metric",
  "health",
  "no-data",
  "attention",
  "offline",
  "expired",
  "reboot-required",
  "paused",
  "action-failed",
  "agent-outdated",
  "clone-suspected",
  "device-left",
  "reported",
  "outage",
  "channel-failing",
];

test.each([
  [
    { facts: { text: "cpu", value: 95.4, threshold: 90 } },
    "CPU usage above 90%",
    "web-1: CPU usage 95%, limit 90%",
  ],
  [
    { type: "outage", deviceName: null, facts: { text: "Globex, 203.0.113.7", count: 12 } },
    "Outage suspected: Globex, 203.0.113.7",
    "12 devices of one site stopped reporting at the same time: Globex, 203.0.113.7.",
  ],
  [
    { facts: { text: "diskFree", value: 1.8e9, threshold: 2e9 } },
    "Free disk space below 2 GB",
    "web-1: Free disk space 1.8 GB, limit 2 GB",
  ],
  [
    { facts: { text: "fileSystem.used", value: 90, threshold: 90 }, instance: "/srv" },
    "Usage of /srv above 90%",
    "web-1: Usage of /srv 90%, limit 90%",
  ],
  [
    { facts: { text: "battery", threshold: 10 } },
    "Battery charge below 10%",
    "web-1: Battery charge below 10%",
  ],
  [
    { type: "no-data", facts: { text: "temperature", since: SINCE } },
    "No data",
    "web-1 reports no data: Temperature. Since Nov 30, 2026, 9:00 AM.",
  ],
  [{ type: "health", facts: { value: 40, threshold: 50 } }, "Health below 50", "web-1: Health 40, limit 50"],
  [{ facts: { text: "unknown", value: 9, threshold: 5 } }, "Rule above 5", "web-1: Rule 9, limit 5"],
  [
    { type: "offline", facts: { since: SINCE } },
    "Offline",
    "web-1 does not report. Since Nov 30, 2026, 9:00 AM.",
  ],
  [
    { type: "agent-outdated", facts: { text: "0.9.0" } },
    "Agent outdated",
    "The agent on web-1 is outdated: 0.9.0.",
  ],
  [
    { type: "disk-full", facts: FORECAST, instance: "/srv" },
    "/srv full in about 9 d 12 h",
    "web-1: /srv will be full in about 9 d 12 h. 19 GB are free, and 2 GB more are used each day, judged by the last 28 d.",
  ],
  [
    { type: "unusual", facts: { ...USUAL, value: 95 } },
    "CPU usage unusually high",
    "web-1: CPU usage 95%. At this time of the week it is usually 2% to 34%, judged by 144 averages of four weeks.",
  ],
  [
    { type: "unusual", facts: { ...USUAL, value: 0 } },
    "CPU usage unusually low",
    "web-1: CPU usage 0%. At this time of the week it is usually 2% to 34%, judged by 144 averages of four weeks.",
  ],
  [{ type: "disk-full", instance: "/srv" }, "Rule", "web-1: Rule"],
  [{ type: "reported", facts: { text: "Backup failed" } }, "Backup failed", "web-1: Backup failed"],
  [
    { type: "reported", facts: { text: "Backup failed" }, deviceName: null },
    "Backup failed",
    "Backup failed",
  ],
  [{ type: "invented later", ruleName: null }, "Alarm", "web-1: Alarm"],
  [{ type: "constructor" }, "Rule", "web-1: Rule"],
])("describes %o", (given, title, sentence) => {
  const text = alarmTextOf(alarm(given), english);
  expect({ ...text, sentence: text.sentence.replaceAll("\u202f", " ") }).toEqual({ title, sentence });
});

test("inserts names as they are, also where they look like a template", () => {
  const deviceName = "{{text}}$&<b>";
  const { sentence } = alarmTextOf(
    alarm({ type: "reported", facts: { text: "{{device}}" }, deviceName }),
    english,
  );
  expect(sentence).toBe("{{text}}$&<b>: {{device}}");
});

describe.each(LANGUAGE_CODES)("in %s", (language) => {
  test("fills in every text", async () => {
    const context = { texts: (await loadMessages(language)).alarms, formats: createFormats(language, "UTC") };
    const metrics = [
      ...METRIC_NAMES,
      "fileSystem.used",
      "fileSystem.free",
      "networkInterface.in",
      "networkInterface.out",
    ];
    const alarms = [
      ...TYPES.map((type) => alarm({ type, facts: { since: SINCE, text: "text" } })),
      alarm({ type: "disk-full", facts: FORECAST, instance: "/srv" }),
      alarm({ type: "unusual", facts: { ...USUAL, value: 95 } }),
      ...metrics.map((text) => alarm({ facts: { text, value: 3, threshold: 2 }, instance: "eth0" })),
    ];
    for (const one of alarms) {
      const { title, sentence } = alarmTextOf(one, context);
      expect(title, one.type).not.toMatch(/\{\{|undefined/);
      expect(sentence, one.type).not.toMatch(/\{\{|undefined/);
      if (one.type !== "outage" && one.type !== "channel-failing") expect(sentence).toContain("web-1");
    }
    for (const reason of AlarmEndReason.options) {
      expect(endReasonText({ reason, name: "Ann" }, context.texts)).not.toMatch(/\{\{/);
    }
  });
});
