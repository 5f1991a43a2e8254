import { expect, it } from "vitest";
import { basePathOf } from "./base-path.ts";

it.each([
  ["/assets/index-abc.js", ""],
  ["/muster/assets/index-abc.js", "/muster"],
  ["/a/assets/assets/index-abc.js", "/a/assets"],
  ["/src/api/base-path.ts", ""],
])("finds the path in %s", (script, expected) => expect(basePathOf(script)).toBe(expected));
