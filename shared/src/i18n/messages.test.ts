import { describe, expect, it } from "vitest";
import { chooseLanguage, LANGUAGES, type Language, loadMessages } from "./languages.ts";
import { messagesEn } from "./messages.ts";

type Tree = { readonly [key: string]: string | Tree };

function flatten(tree: Tree, prefix = ""): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === "string") found.set(prefix + key, value);
    else for (const [path, text] of flatten(value, `${prefix}${key}.`)) found.set(path, text);
  }
  return found;
}
const placeholders = (text: string) => new Set([...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name));
const english = flatten(messagesEn);

describe.each(Object.keys(LANGUAGES) as Language[])("texts in %s", (language) => {
  it("name the same values as the English ones, and none is empty", async () => {
    for (const [key, text] of flatten(await loadMessages(language))) {
      const source = english.get(key) ?? english.get(key.replace(/_many$/, "_other"));
      expect(text.trim(), key).not.toBe("");
      expect(placeholders(text), key).toEqual(placeholders(source ?? ""));
    }
  });

  it("have every plural form of the language", async () => {
    const texts = flatten(await loadMessages(language));
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    for (const key of texts.keys()) {
      if (!key.endsWith("_other")) continue;
      for (const form of forms) expect(texts.has(key.replace(/_other$/, `_${form}`)), key + form).toBe(true);
    }
  });
});

it.each([
  [["fr-CA", "en"], "fr"],
  [["de", "fr"], "fr"],
  [["de-AT", "nl"], "en"],
  [[], "en"],
] as const)("chooses for %o the language %s", (wanted, language) => {
  expect(chooseLanguage(wanted)).toBe(language);
});
