import { describe, expect, it } from "vitest";
import { createFormats } from "./formats.ts";

const english = createFormats("en");
const french = createFormats("fr");

describe("sizes", () => {
  it.each([
    [0, "0 kB"],
    [3, "0.1 kB"],
    [512, "0.5 kB"],
    [999_949, "1,000 kB"],
    [1_800_000_000, "1.8 GB"],
    [4e12, "4 TB"],
    [5e18, "5,000 PB"],
  ])("of %i bytes are formatted as %s", (value, text) => {
    expect(english.bytes(value)).toBe(text);
  });

  it.each([
    ["en", 16 * 1024 ** 3, "16 GiB"],
    ["de", 15.5 * 1024 ** 3, "15,5 GiB"],
    ["fr", 512 * 1024 ** 2, "512 Mio"],
    ["ru", 1024 ** 4, "1 ТиБ"],
    ["es", 0, "0 KiB"],
  ])("of memory are counted in powers of two: in %s %i is %s", (language, value, text) => {
    expect(createFormats(language).binaryBytes(value).replace("\u00a0", " ")).toBe(text);
  });
});

it("formats a rate in the language", () => {
  expect(english.bytesPerSecond(1_800_000)).toBe("1.8 MB/s");
  expect(french.bytesPerSecond(1_800_000)).toMatch(/^1,8\sMo\/s$/);
});

it("formats shares in percent", () => {
  expect(english.percent(96.6)).toBe("97%");
  expect(french.percent(96.6)).toMatch(/^97\s%$/);
});

it.each([
  [1_000, "1 s"],
  [29_000, "29 s"],
  [12 * 60_000, "12 min"],
  [-3 * 3_600_000, "3 h"],
  [47 * 3_600_000, "47 h"],
  [48 * 3_600_000, "2 d"],
  [76.9 * 3_600_000, "3 d 4 h"],
  [-76 * 3_600_000, "3 d 4 h"],
  [13.9 * 86_400_000, "13 d"],
  [1_300 * 86_400_000, "1,300 d"],
])("formats the duration of %i ms", (ms, text) => {
  expect(english.duration(ms)).toBe(text);
});

it.each([
  ["de", "3 d 4 h"],
  ["es", "3 d 4 h"],
  ["fr", "3 j 4 h"],
  ["ru", "3 д 4 ч"],
])("formats a duration of days in %s", (language, text) => {
  expect(
    createFormats(language)
      .duration(76 * 3_600_000)
      .replaceAll("\u00a0", " "),
  ).toBe(text);
});

it.each([
  ["en", -9_000, "9 s ago"],
  ["en-GB", -3 * 3_600_000, "3 h ago"],
  ["en", 12 * 60_000, "in 12 min"],
  ["en", -3 * 86_400_000, "3 days ago"],
  ["en", 400 * 86_400_000, "in 13 months"],
  ["en", 365 * 86_400_000 - 1_000, "in 12 months"],
  ["en", 0, "now"],
  ["de", -9_000, "vor 9 s"],
  ["fr", -9_000, "il y a 9 s"],
  ["es", 5 * 3_600_000, "dentro de 5 h"],
  ["ru", -12 * 60_000, "12 мин назад"],
])("formats in %s a time %i ms from now", (language, ms, text) => {
  const now = Date.UTC(2026, 0, 15, 12);
  expect(
    createFormats(language)
      .relative(now + ms, now)
      .replaceAll("\u00a0", " "),
  ).toBe(text);
});

it("formats a metric by its unit", () => {
  expect(english.ofUnit("percent")(96.6)).toBe("97%");
  expect(english.ofUnit("bytesPerSecond")(1_800_000)).toBe("1.8 MB/s");
  expect(english.ofUnit("celsius")(61.25)).toBe("61.3 °C");
});

it("formats a chosen span without rounding it", () => {
  expect(english.exactDuration(90 * 60_000)).toBe("1 h 30 min");
  expect(english.exactDuration(2 * 3_600_000)).toBe("2 h");
  expect(english.exactDuration(45 * 60_000)).toBe("45 min");
});
