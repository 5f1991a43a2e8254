import { expect, test } from "vitest";
import { regionalLanguage } from "./regional.ts";

test("takes the region that the browser prefers, within the chosen language", () => {
  expect(regionalLanguage("en", ["fr-CA", "en-GB", "en"])).toBe("en-GB");
  expect(regionalLanguage("fr", ["en-GB"])).toBe("fr");
});

test("passes over a tag that no formatter takes", () => {
  expect(regionalLanguage("en", ["en-US@posix"])).toBe("en");
});
