import type { AlarmFacts } from "../contracts/alarm.ts";
import type { alarmsEn } from "../i18n/en/alarms.messages.ts";
import type { Formats } from "../i18n/formats.ts";
import type { Translation } from "../i18n/translation.ts";

export type AlarmTexts = Translation<typeof alarmsEn>;

/** Of the formats, what an alarm uses. */
export type AlarmFormats = Pick<Formats, "minute" | "whole" | "oneDigit" | "ofUnit" | "bytes" | "duration">;

/** What the text of an alarm is made of. For values of metrics, `facts.text` is the key of the metric, as in "fileSystem.used". */
export type DescribedAlarm = {
  type: string;
  facts: AlarmFacts;
  instance: string | null;
  deviceName: string | null;
  ruleName: string | null;
};

/** An alarm in words: `title` without and `sentence` with the name of its device. Neither is escaped. */
export type AlarmText = { title: string; sentence: string };
