import { describe, expect, it } from "vitest";
import { meaningfulText } from "./meaningful-text.ts";

describe("meaningfulText", () => {
  it.each([
    "To Be Filled By O.E.M.",
    " Default string\n",
    "System Product Name",
    "None",
    "0000",
    "",
    undefined,
  ])("drops %j", (text) => {
    expect(meaningfulText(text)).toBeUndefined();
  });

  it("keeps the text of a manufacturer", () => {
    expect(meaningfulText(" PF3ABC12\n")).toBe("PF3ABC12");
  });
});
