import { type AlarmText, type AlarmTexts, alarmTextOf } from "@muster/shared/alarms/alarm-text.ts";
import type { AlarmFacts } from "@muster/shared/contracts/alarm.ts";
import { alarmsDe } from "@muster/shared/i18n/de/alarms.messages.ts";
import { alarmsEn } from "@muster/shared/i18n/en/alarms.messages.ts";
import { alarmsEs } from "@muster/shared/i18n/es/alarms.messages.ts";
import { createFormats } from "@muster/shared/i18n/formats.ts";
import { alarmsFr } from "@muster/shared/i18n/fr/alarms.messages.ts";
import { withFrenchSpacing } from "@muster/shared/i18n/french-spacing.ts";
import type { Language } from "@muster/shared/i18n/languages.ts";
import { alarmsRu } from "@muster/shared/i18n/ru/alarms.messages.ts";
import type { AlarmRow } from "./alarms.tables.ts";

const CONTEXTS = {
  en: contextOf("en", alarmsEn),
  fr: contextOf("fr", withFrenchSpacing(alarmsFr)),
  es: contextOf("es", alarmsEs),
  ru: contextOf("ru", alarmsRu),
  de: contextOf("de", alarmsDe),
} satisfies Record<Language, unknown>;

type Described = Pick<AlarmRow, "type" | "instance" | "facts" | "device_name" | "rule_name">;

/** What an alarm is called and what it says, in a language; times are in UTC. */
export function describeAlarm(alarm: Described, language: Language): AlarmText {
  const { type, instance, device_name, rule_name } = alarm;
  const described = { type, instance, facts: readFacts(alarm), deviceName: device_name, ruleName: rule_name };
  return alarmTextOf(described, CONTEXTS[language]);
}

/** Reads a JSON column of an alarm, which only this module writes. */
export function readFacts({ facts }: Pick<AlarmRow, "facts">): AlarmFacts {
  const read: AlarmFacts = JSON.parse(facts);
  return read;
}

/** The reader's time zone is not known here, so that times name theirs. */
function contextOf(language: Language, texts: AlarmTexts) {
  const formats = createFormats(language, "UTC");
  return { texts, formats: { ...formats, minute: (at: string | number) => `${formats.minute(at)} UTC` } };
}
