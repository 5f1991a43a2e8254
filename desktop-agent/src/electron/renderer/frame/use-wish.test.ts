import { expect, it } from "vitest";
import { createWords } from "../../model/words.ts";
import { outcomeText } from "./use-wish.ts";

const { t } = await createWords("en", "en-GB");
const refused = (why: "failed" | "too-late", message: string | null) =>
  outcomeText({ kind: "refused", why, message }, t);

it("has nothing to say about what was done", () => {
  expect(outcomeText({ kind: "done" }, t)).toBeNull();
});

it("words a refusal, and repeats what the system said of a failure", () => {
  expect(refused("too-late", null)).toBe("That is later than was allowed.");
  expect(refused("failed", null)).toBe("That did not work.");
  expect(refused("failed", "<b>disk & co</b>")).toBe("That did not work: <b>disk & co</b>");
});
