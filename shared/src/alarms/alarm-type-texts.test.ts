import { describe, expect, it } from "vitest";
import { loadAlarmTypeTexts } from "../i18n/alarm-type-texts.ts";
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
