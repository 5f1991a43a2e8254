import { expect, it } from "vitest";
import { newestThatFit } from "./newest-that-fit.ts";

it("takes everything that fits", () => {
  expect(newestThatFit(["a", "b"], 10)).toEqual({ text: "a\nb", count: 2 });
});

it("takes the newest lines of what does not fit", () => {
  expect(newestThatFit(["aaaa", "bb", "cc"], 7)).toEqual({ text: "bb\ncc", count: 2 });
  expect(newestThatFit(["x".repeat(50)], 7)).toEqual({ text: "", count: 0 });
});
