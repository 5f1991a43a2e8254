import { expect, it } from "vitest";
import { createWords } from "./words.ts";

it("writes counts as the person's region does, in the language's plural", async () => {
  const english = await createWords("en", "en-GB");
  expect(english.t("windows.log.lines", { count: 24_017 })).toBe("24,017 lines");
  expect(english.t("windows.log.lines", { count: 1 })).toBe("1 line");
  const german = await createWords("de", "de-DE");
  expect(german.t("windows.log.lines", { count: 24_017 })).toContain("24.017");
});

it("leaves texts of others as they are", async () => {
  const { t } = await createWords("en", "en-GB");
  const name = "<b>{{count}} & $t(windows.title.log)</b>";
  expect(t("windows.messages.from", { name })).toBe(`From ${name}`);
});
