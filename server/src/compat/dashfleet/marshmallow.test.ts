import { expect, test } from "vitest";
import { dict, fields, load } from "./marshmallow.ts";

test("refuses an object that is nested too deeply to be serialized", () => {
  const read = (levels: number) =>
    load(
      fields({ system: dict() }),
      JSON.parse(`{"system":{"deep":${"[".repeat(levels)}${"]".repeat(levels)}}}`),
    );
  expect(read(10)).toHaveProperty("system.deep");
  expect(() => read(7_500)).toThrow(expect.objectContaining({ code: "bad-request" }));
});
