import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createLineReader } from "./line-reader.ts";

const MAX = 64;

function takeAll(chunks: readonly Uint8Array[]): (string | null)[] {
  const reader = createLineReader(MAX);
  return chunks.flatMap((chunk) => {
    reader.push(chunk);
    const lines = [];
    while (reader.hasLine()) lines.push(reader.next());
    return lines;
  });
}

describe("lines of a local connection", () => {
  it("are the same however their bytes are split", () => {
    const line = fc.string({ unit: "grapheme", maxLength: 12 }).filter((text) => !text.includes("\n"));
    const cuts = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1 });
    fc.assert(
      fc.property(fc.array(line), cuts, (lines, sizes) => {
        const sent = lines.filter((text) => Buffer.byteLength(text) < MAX);
        const bytes = Buffer.from(sent.map((text) => `${text}\n`).join(""));
        const chunks: Uint8Array[] = [];
        for (let at = 0, nth = 0; at < bytes.length; nth += 1) {
          const size = sizes[nth % sizes.length] ?? 1;
          chunks.push(bytes.subarray(at, at + size));
          at += size;
        }
        expect(takeAll(chunks)).toEqual(sent);
      }),
    );
  });

  it("are at most as long as allowed, including their end", () => {
    expect(takeAll([Buffer.from(`${"a".repeat(MAX - 1)}\n`)])).toEqual(["a".repeat(MAX - 1)]);
    expect(takeAll([Buffer.from(`${"a".repeat(MAX)}\n`)])).toEqual([null]);
  });

  it("are rejected as too long before they end", () => {
    const reader = createLineReader(MAX);
    reader.push(Buffer.alloc(MAX - 1, "a"));
    expect([reader.hasPart(), reader.isTooLong()]).toEqual([true, false]);
    reader.push(Buffer.from("a"));
    expect(reader.isTooLong()).toBe(true);
  });

  it("are rejected if they are not UTF-8", () => {
    expect(takeAll([Buffer.from([0x22, 0xff, 0x22, 0x0a])])).toEqual([null]);
  });
});
