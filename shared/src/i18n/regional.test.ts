import { expect, test } from "vitest";
import { regionalLanguage } from "./regional.ts";

test("uses the region that the browser prefers, within the chosen language", () => {
  expect(regionalLanguage("en", ["fr-CA", "en-GB", "en"])).toBe("en-GB");
  expect(regionalLanguage("fr", ["en-GB"])).toBe("fr");
});

test("skips a tag that no formatter accepts", () => {
  expect(regionalLanguage("en", ["en-US@posix"])).toBe("en");
});
