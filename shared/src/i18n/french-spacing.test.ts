import { expect, it } from "vitest";
import { withFrenchSpacing } from "./french-spacing.ts";
import { loadMessages } from "./languages.ts";
import { loadTrayMessages } from "./tray-languages.ts";
import { loadCatalogTexts } from "./catalog-texts.ts";

it("puts no-break spaces where French requires them, and changes nothing else", () => {
  const texts = { a: { b: "Révoquer « {{name}} » ?", c: "Cible : {{to}}" }, d: "https://example.com" };
  expect(withFrenchSpacing(texts)).toEqual({
    a: { b: "Révoquer «\u202f{{name}}\u202f»\u202f?", c: "Cible\u202f: {{to}}" },
    d: "https://example.com",
  });
});

it("is applied to all French texts", async () => {
  const all = [await loadMessages("fr"), await loadTrayMessages("fr"), await loadCatalogTexts("fr")];
  expect(JSON.stringify(all)).not.toMatch(/ [;:?!»]|« /);
});
