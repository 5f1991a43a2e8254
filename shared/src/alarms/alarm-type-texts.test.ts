import { describe, expect, it } from "vitest";
import { loadAlarmTypeTexts } from "../i18n/alarm-type-texts.ts";
import { alarmsDe } from "../i18n/de/alarms.messages.ts";
import { alarmsEn } from "../i18n/en/alarms.messages.ts";
import { alarmsEs } from "../i18n/es/alarms.messages.ts";
import { alarmsFr } from "../i18n/fr/alarms.messages.ts";
import { alarmsRu } from "../i18n/ru/alarms.messages.ts";
import { LANGUAGE_CODES } from "../i18n/languages.ts";
import { type AlarmTypeTexts, englishAlarmTexts } from "./alarm-type-texts.ts";
import { ALARM_TYPES, AlarmType } from "./catalog.ts";

/** Every text by its path. */
function textsOf({ label, description, settings }: AlarmTypeTexts): Map<string, string> {
  const fields = Object.entries(settings).flatMap(([name, field]) => [
    [`${name}.label`, field.label] as const,
    ...(field.hint === undefined ? [] : [[`${name}.hint`, field.hint] as const]),
    ...Object.entries(field.choices ?? {}).map(([choice, text]) => [`${name}.${choice}`, text] as const),
  ]);
  return new Map([["label", label], ["description", description], ...fields]);
}

const TITLES = { en: alarmsEn, fr: alarmsFr, es: alarmsEs, ru: alarmsRu, de: alarmsDe };

it.each(LANGUAGE_CODES)("call a type in %s as its alarms are called", async (language) => {
  const texts = await loadAlarmTypeTexts(language);
  const titled = AlarmType.options.flatMap((type) => {
    if (!isTitled(type) || englishAlarmTexts(ALARM_TYPES[type]).label !== alarmsEn.type[type].title)
      return [];
    const { label } = texts?.[type] ?? englishAlarmTexts(ALARM_TYPES[type]);
    return [[label, TITLES[language].type[type].title] as const];
  });
  expect(titled).toHaveLength(9);
  expect(titled.map(([label]) => label)).toEqual(titled.map(([, title]) => title));
});

function isTitled(type: AlarmType): type is AlarmType & keyof typeof alarmsEn.type {
  return Object.hasOwn(alarmsEn.type, type);
}

describe.each(AlarmType.options)("the texts of %s", (type) => {
  const english = englishAlarmTexts(ALARM_TYPES[type]);

  it("exist for every field in English", () => {
    for (const [name, { label }] of Object.entries(english.settings)) expect(label).not.toBe(name);
  });

  it.each(LANGUAGE_CODES)("have the same keys in %s, and none is empty", async (language) => {
    const texts = textsOf((await loadAlarmTypeTexts(language))?.[type] ?? english);
    expect([...texts.keys()].toSorted()).toEqual([...textsOf(english).keys()].toSorted());
    expect([...texts.values()].filter((text) => text.trim() === "")).toEqual([]);
  });
});
