import { expect, it } from "vitest";
import { createTranslations } from "./translations.ts";

it("formats counts for the user's region, with the plural of the language", async () => {
  const english = await createTranslations("en", "en-GB");
  expect(english.t("windows.log.lines", { count: 24_017 })).toBe("24,017 lines");
  expect(english.t("windows.log.lines", { count: 1 })).toBe("1 line");
  const german = await createTranslations("de", "de-DE");
  expect(german.t("windows.log.lines", { count: 24_017 })).toContain("24.017");
});

it("does not change inserted texts", async () => {
  const { t } = await createTranslations("en", "en-GB");
  const name = "<b>{{count}} & $t(windows.title.log)</b>";
  expect(t("windows.messages.from", { name })).toBe(`From ${name}`);
});
