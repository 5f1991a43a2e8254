import { createFormats } from "@muster/shared/i18n/formats.ts";
import { expect, it } from "vitest";
import { hourRangesText, weekdaysText } from "./weekdays.ts";

it.each([
  ["en", [1, 2, 3, 4, 5, 7], "Mon–Fri, Sun"],
  ["en", [1, 2, 4, 5, 6], "Mon, Tue, Thu–Sat"],
  ["de", [7, 6], "Sa, So"],
  ["en", [], ""],
])("writes days as runs: %s %j", (language, days, text) => {
  expect(weekdaysText(language, days)).toBe(text);
});

it("writes ranges of hours with their days", () => {
  const ranges = [
    { days: [1, 2, 3, 4, 5], start: "08:00", end: "18:00" },
    { days: [6], start: "09:00", end: "12:00" },
  ];
  expect(hourRangesText(createFormats("en"), ranges)).toBe("Mon–Fri 08:00–18:00 and Sat 09:00–12:00");
});
