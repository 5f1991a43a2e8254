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
  ])("of %i bytes read %s", (value, text) => {
    expect(english.bytes(value)).toBe(text);
  });

  it("of memory are told by powers of two", () => {
    expect(english.binaryBytes(16 * 1024 ** 3)).toBe("16 GB");
  });
});

it("says how fast bytes pass as the language writes it", () => {
  expect(english.bytesPerSecond(1_800_000)).toBe("1.8 MB/s");
  expect(french.bytesPerSecond(1_800_000)).toMatch(/^1,8\sMo\/s$/);
});

it("takes shares in percent", () => {
  expect(english.percent(96.6)).toBe("97%");
  expect(french.percent(96.6)).toMatch(/^97\s%$/);
});

it.each([
  [1_000, "1 sec"],
  [29_000, "29 sec"],
  [12 * 60_000, "12 min"],
  [-3 * 3_600_000, "3 hr"],
])("says how long %i ms are", (ms, text) => {
  expect(english.duration(ms)).toBe(text);
});

it("speaks of the past in the language", () => {
  const now = Date.UTC(2026, 0, 15, 12);
  expect(english.relative(now - 9_000, now)).toBe("9 sec. ago");
  expect(french.relative(now - 9_000, now)).toMatch(/^il y a 9\ss$/);
});
