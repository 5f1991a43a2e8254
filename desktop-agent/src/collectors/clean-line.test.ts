import { Inventory } from "@muster/shared/contracts/inventory.ts";
import { describe, expect, it } from "vitest";
import { cleanLine } from "./clean-line.ts";

describe("cleanLine", () => {
  it("returns text that fits the contract", () => {
    const hostname = cleanLine(`\u0000 lab\u001b[31m\ud800-01\u2028${"x".repeat(300)}`, 255);
    expect(Inventory.shape.hostname.safeParse(hostname).success).toBe(true);
    expect(hostname).toMatch(/^lab \[31m -01 x+$/);
  });

  it("does not cut a surrogate pair in two", () => {
    expect(cleanLine("ab😀😀", 3)).toBe("ab😀");
  });

  it("returns undefined instead of an empty line", () => {
    expect([cleanLine(" \t\n", 10), cleanLine("", 10), cleanLine(null, 10)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});
