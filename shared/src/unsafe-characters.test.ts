import { describe, expect, it } from "vitest";
import {
  escapeUnsafeCharacters,
  hasUnsafeCharacters,
  terminalLine,
  terminalText,
} from "./unsafe-characters.ts";

const UNSAFE = [
  "\u0000",
  "\u0007",
  "\u001b",
  "\u007f",
  "\u009b",
  "\u061c",
  "\u200b",
  "\u200c",
  "\u200d",
  "\u200e",
  "\u200f",
  "\u2028",
  "\u202a",
  "\u202e",
  "\u2066",
  "\u2069",
  "\ufeff",
  "\ud800",
];
const SAFE = [
  "Zoë O'Neill",
  "Ünïcødé 🐙 العربية",
  "👩‍💻 team",
  "👩🏽‍🚒",
  "🏳️‍🌈",
  "❤️‍🔥",
  "می‌خواهم",
  "ශ්‍රී ලංකා",
  "क्‍ष",
];

describe("unsafe characters", () => {
  it.each(UNSAFE.map((character) => [JSON.stringify(character), character]))(
    "%s is recognised, and removed for a terminal",
    (_, character) => {
      expect(hasUnsafeCharacters(`a${character}b`)).toBe(true);
      expect(terminalText(`a${character}b`)).toBe("ab");
    },
  );

  it.each(SAFE)("%s is not changed", (text) => {
    expect(hasUnsafeCharacters(text)).toBe(false);
    expect(terminalText(text)).toBe(text);
    expect(escapeUnsafeCharacters(text)).toBe(text);
  });
});

it("keeps lines and tabs of a text, and turns a value into one line", () => {
  expect(terminalText("a\tb\nc\r\u001b[2J")).toBe("a\tb\nc[2J");
  expect(terminalLine("refused\nEnrolled with\tAcme\r\n\u001b[1A")).toBe("refused Enrolled with Acme [1A");
});

it("escapes in a way that JSON reads as the same text, and keeps the end of the line", () => {
  const value = { name: "a\u202eb\u009bc\u200d" };
  const line = `${escapeUnsafeCharacters(JSON.stringify(value))}\n`;
  expect(line).toMatch(/^[\u0020-\u007e]+\n$/);
  expect(JSON.parse(line)).toEqual(value);
  expect(escapeUnsafeCharacters("line\n")).toBe("line\n");
});
