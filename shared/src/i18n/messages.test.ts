import { describe, expect, it } from "vitest";
import { chooseLanguage, LANGUAGE_CODES, type Language, loadMessages } from "./languages.ts";
import { loadTrayMessages } from "./tray-languages.ts";

type Tree = { readonly [key: string]: string | Tree };

function flatten(tree: Tree, prefix = ""): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === "string") found.set(prefix + key, value);
    else for (const [path, text] of flatten(value, `${prefix}${key}.`)) found.set(path, text);
  }
  return found;
}
const collections = [
  { where: "the dashboard", load: loadMessages },
  { where: "the tray", load: loadTrayMessages },
] satisfies { where: string; load: (language: Language) => Promise<Tree> }[];

/** The English text that a text stands for: a plural form that English lacks stands for its "other". */
function sourceOf(key: string, english: ReadonlyMap<string, string>): string | undefined {
  return english.get(key) ?? english.get(key.replace(/_(few|many)$/, "_other"));
}

/** The values that a text names. Whether the count is one of them is free where it can only be 1. */
function placeholders(key: string, text: string): string[] {
  const names = [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = ""]) => name);
  return [...new Set(names)].filter((name) => !(key.endsWith("_one") && name === "count")).toSorted();
}

describe.each(collections)("texts of $where", ({ load }) => {
  describe.each(LANGUAGE_CODES)("in %s", (language) => {
    it("are complete, contain the same values as the English ones, and none is empty", async () => {
      const english = flatten(await load("en"));
      const texts = flatten(await load(language));
      expect([...english.keys()].filter((key) => !texts.has(key))).toEqual([]);
      for (const [key, text] of texts) {
        expect(text.trim(), key).not.toBe("");
        const source = sourceOf(key, english) ?? "{{unknown}}";
        expect(placeholders(key, text), key).toEqual(placeholders(key, source));
      }
    });

    it("have every plural form of the language", async () => {
      const texts = flatten(await load(language));
      const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
      for (const key of texts.keys()) {
        if (!key.endsWith("_other")) continue;
        for (const form of forms)
          expect(texts.has(key.replace(/_other$/, `_${form}`)), key + form).toBe(true);
      }
    });

    it("are loaded in the language itself", async () => {
      const english = flatten(await load("en"));
      const texts = flatten(await load(language));
      const same = [...texts].filter(([key, text]) => text === english.get(key));
      expect(same.length / texts.size > 0.9).toBe(language === "en");
    });
  });
});

it.each([
  [["fr-CA", "en"], "fr"],
  [["nl", "fr"], "fr"],
  [["it-CH", "nl"], "en"],
  [[], "en"],
] as const)("chooses for %o the language %s", (wanted, language) => {
  expect(chooseLanguage(wanted)).toBe(language);
});
