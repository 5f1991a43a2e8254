import { expect, it } from "vitest";
import { plainName } from "./plain-name.ts";

it("takes out what turns the direction around, and nothing else", () => {
  expect(plainName("\u202egpj.exe\u202c\u2066x\u2069")).toBe("gpj.exex");
  expect(plainName("<b>Büro-עברית-日本</b>")).toBe("<b>Büro-עברית-日本</b>");
});
