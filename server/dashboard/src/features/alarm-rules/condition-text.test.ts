import { englishAlarmTexts } from "@muster/shared/alarms/alarm-type-texts.ts";
import { ALARM_TYPES, type AlarmType } from "@muster/shared/alarms/catalog.ts";
import { createFormats } from "@muster/shared/i18n/formats.ts";
import { messagesEn } from "@muster/shared/i18n/messages.ts";
import i18next from "i18next";
import { beforeAll, describe, expect, it } from "vitest";
import { conditionText, endText } from "./condition-text.ts";

describe("a rule in words", () => {
  beforeAll(() =>
    i18next.init({
      lng: "en",
      ns: "muster",
      defaultNS: "muster",
      resources: { en: { muster: messagesEn } },
      interpolation: { escapeValue: false },
    }),
  );
  const context = () => ({
    t: i18next.getFixedT("en"),
    formats: createFormats("en"),
    typeTexts: (type: AlarmType) => englishAlarmTexts(ALARM_TYPES[type]),
  });
  const textOf = (type: AlarmType, settings: Record<string, unknown>) =>
    conditionText({ type, settings }, context());

  it.each<[AlarmType, Record<string, unknown>, string | null]>([
    [
      "metric",
      { metric: "cpu", warning: 90, critical: 95, forS: 600 },
      "CPU usage above 90% for 10 min; critical above 95%",
    ],
    [
      "metric",
      { metric: "fileSystem.free", operator: "<", critical: 2e9, instances: ["/srv*", "/data"] },
      "Free space of a file system (/srv*, /data) below 2 GB (critical)",
    ],
    [
      "metric",
      { metric: "cpu", operator: ">=", warning: 95, forS: 900, sharePercent: 90 },
      "CPU usage at or above 95% for 90% of the values within 15 min (warning)",
    ],
    ["health", { critical: 60 }, "Health below 60 (critical)"],
    ["offline", { severity: "critical", forS: 86_400 }, "Offline for 24 h (critical)"],
    [
      "attention",
      { level: "warn", severity: "info", forS: 0 },
      "Needs attention, level Warning or worse (info)",
    ],
    ["no-data", { metric: "cpu", forS: 600 }, "No data: CPU usage for 10 min (warning)"],
    ["metric", { metric: "cpu" }, null],
  ])("%s %j", (type, settings, expected) => {
    expect(textOf(type, settings)).toBe(expected);
  });

  it("says when its alarms end, where that is not the level itself", () => {
    const settings = { metric: "cpu", warning: 90, clear: 85, clearForS: 300 };
    expect(endText({ type: "metric", settings }, context())).toBe(
      "Ends: CPU usage at or below 85% for 5 min.",
    );
    expect(endText({ type: "metric", settings: { metric: "cpu", warning: 90 } }, context())).toBeNull();
  });
});
