import { expect, it } from "vitest";
import { plainName } from "./plain-name.ts";

it("removes characters that change the direction of text, and nothing else", () => {
  expect(plainName("\u202egpj.exe\u202c\u2066x\u2069")).toBe("gpj.exex");
  expect(plainName("<b>Büro-עברית-日本</b>")).toBe("<b>Büro-עברית-日本</b>");
});
