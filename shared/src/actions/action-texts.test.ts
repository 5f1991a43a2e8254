import { describe, expect, it } from "vitest";
import { loadCatalogTexts } from "../i18n/catalog-texts.ts";
import { LANGUAGE_CODES } from "../i18n/languages.ts";
import { type ActionTexts, englishTexts, type FieldTexts } from "./action-texts.ts";
import { ACTIONS, ActionType } from "./catalog.ts";

/** Where there are words: the paths of all texts, and of nothing else. */
function placesOf(words: ActionTexts): string[] {
  return Object.entries(words.payload)
    .flatMap(([name, field]) => fieldPlaces(field).map((place) => `payload.${name}.${place}`))
    .concat(Object.keys(words.result).map((name) => `result.${name}`))
    .toSorted();
}
function fieldPlaces({ hint, choices = {} }: FieldTexts): string[] {
  return ["label", ...(hint === undefined ? [] : ["hint"]), ...Object.keys(choices)];
}
function textsOf(words: ActionTexts): string[] {
  const fields = Object.values(words.payload);
  const choices = fields.flatMap((field) => Object.values(field.choices ?? {}));
  const labels = fields.flatMap(({ label, hint }) => (hint === undefined ? [label] : [label, hint]));
  return [words.label, words.description, ...labels, ...choices, ...Object.values(words.result)];
}

describe.each(ActionType.options)("the texts of %s", (type) => {
  const english = englishTexts(ACTIONS[type]);

  it("exist for every field in English", () => {
    for (const [name, { label }] of Object.entries(english.payload)) expect(label).not.toBe(name);
    for (const [name, label] of Object.entries(english.result)) expect(label).not.toBe(name);
  });

  it.each(LANGUAGE_CODES)("have the same keys in %s, and none is empty", async (language) => {
    const words = (await loadCatalogTexts(language))?.[type] ?? english;
    expect(placesOf(words)).toEqual(placesOf(english));
    for (const text of textsOf(words)) expect(text.trim()).not.toBe("");
  });
});

it("has its own texts for every language except English", async () => {
  for (const language of LANGUAGE_CODES) {
    expect((await loadCatalogTexts(language)) === undefined, language).toBe(language === "en");
  }
});
