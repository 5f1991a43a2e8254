import { describe, expect, test } from "vitest";
import { createNumberingNonces } from "./numbering-nonce.ts";

const NOW = 1_795_163_275_000;
const { make, isValid } = createNumberingNonces(Buffer.alloc(32, 1));
const numbering = { epoch: "epoch1", sequence: 40 };
const nonce = make("device", numbering, NOW);

describe("the nonce of a numbering", () => {
  test("is valid for ten minutes on every server with the same key", () => {
    expect(isValid(nonce, "device", numbering, NOW + 600_000)).toBe(true);
    expect(isValid(nonce, "device", numbering, NOW + 600_001)).toBe(false);
    expect(isValid(nonce, "device", numbering, NOW - 600_001)).toBe(false);
    expect(createNumberingNonces(Buffer.alloc(32, 1)).isValid(nonce, "device", numbering, NOW)).toBe(true);
    expect(nonce.length).toBeLessThanOrEqual(200);
  });

  test.each([
    ["another device", nonce, "other", numbering],
    ["another epoch", nonce, "device", { ...numbering, epoch: "epoch2" }],
    ["another number", nonce, "device", { ...numbering, sequence: 41 }],
    ["another time", nonce.replace(/^./, "j"), "device", numbering],
    ["a changed code", `${nonce.slice(0, -2)}AA`, "device", numbering],
    ["nothing", "", "device", numbering],
    ["a number beyond numbers", `${"z".repeat(11)}.${"A".repeat(43)}`, "device", numbering],
  ])("is not valid for %s", (_, given, device, named) => {
    expect(isValid(given, device, named, NOW)).toBe(false);
  });

  test("is not valid under another key", () => {
    expect(createNumberingNonces(Buffer.alloc(32, 2)).isValid(nonce, "device", numbering, NOW)).toBe(false);
  });
});
