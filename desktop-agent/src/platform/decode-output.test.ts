import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createLineSplitter } from "./decode-output.ts";

function linesOf(chunks: readonly string[], maxLength = 1_000): string[] {
  const lines: string[] = [];
  const take = createLineSplitter(maxLength, (line) => lines.push(line));
  for (const chunk of chunks) take(chunk);
  return lines;
}

describe("line splitter", () => {
  it("returns the same lines however the text is split", () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[ab]{0,5}$/)), fc.nat(4), (lines, size) => {
        const text = lines.map((line) => `${line}\r\n`).join("");
        const chunks = text.match(new RegExp(`[^]{1,${size + 1}}`, "g")) ?? [];
        expect(linesOf(chunks)).toEqual(lines);
      }),
    );
  });

  it("waits for the end of a line, and keeps at most its limit", () => {
    expect(linesOf(["abc", "def"], 4)).toEqual([]);
    expect(linesOf(["abc", "def", "ghi\nxy", "\n"], 4)).toEqual(["abcd", "xy"]);
  });
});
