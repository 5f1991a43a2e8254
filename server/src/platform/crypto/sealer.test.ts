import { describe, expect, it } from "vitest";
import { createSealer } from "./sealer.ts";

const key = Buffer.alloc(32, 7);
const secret = Buffer.from("thirty-two bytes of private key!");
const context = "signing-key:o1:k1";

describe("createSealer", () => {
  it("opens what it sealed, and seals the same secret differently each time", () => {
    const { seal, open } = createSealer(key);
    const sealed = seal(secret, context);
    expect(open(sealed, context)).toEqual(secret);
    expect(createSealer(Buffer.from(key)).open(sealed, context)).toEqual(secret);
    expect(seal(secret, context).equals(sealed)).toBe(false);
    expect(sealed.includes(secret)).toBe(false);
  });

  it.each([
    ["another owner", "signing-key:o2:k1"],
    ["another purpose", "channel-password:o1:k1"],
  ])("does not open a secret for %s", (_, other) => {
    const { seal, open } = createSealer(key);
    expect(() => open(seal(secret, context), other)).toThrow();
  });

  it("does not open a secret under another master key", () => {
    const sealed = createSealer(key).seal(secret, context);
    expect(() => createSealer(Buffer.alloc(32, 8)).open(sealed, context)).toThrow();
  });

  it("does not open a secret of which any byte was changed, or that was truncated", () => {
    const { seal, open } = createSealer(key);
    const sealed = seal(secret, context);
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = Buffer.from(sealed);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(() => open(changed, context)).toThrow();
    }
    expect(() => open(sealed.subarray(0, 20), context)).toThrow();
  });
});
