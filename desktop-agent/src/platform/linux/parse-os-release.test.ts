import { describe, expect, it } from "vitest";
import { parseOsRelease } from "./parse-os-release.ts";

describe("parseOsRelease", () => {
  it("reads plain, quoted and escaped values, and skips the rest", () => {
    const text = `NAME=Fedora\n# note\nPRETTY_NAME="A \\"fine\\" one"\nVARIANT='it''s'\nbroken line\nVERSION_ID=39\r\n`;
    expect(Object.fromEntries(parseOsRelease(text))).toEqual({
      NAME: "Fedora",
      PRETTY_NAME: 'A "fine" one',
      VARIANT: "it''s",
      VERSION_ID: "39",
    });
  });
});
