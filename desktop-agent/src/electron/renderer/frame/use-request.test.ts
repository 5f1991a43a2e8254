import { expect, it } from "vitest";
import { createTranslations } from "../../model/translations.ts";
import { outcomeText } from "./use-request.ts";

const { t } = await createTranslations("en", "en-GB");
const refused = (why: "failed" | "too-late", message: string | null) =>
  outcomeText({ kind: "refused", why, message }, t);

it("shows no error for a successful request", () => {
  expect(outcomeText({ kind: "done" }, t)).toBeNull();
});

it("translates a refusal, and repeats the system's error text", () => {
  expect(refused("too-late", null)).toBe("This time is later than allowed.");
  expect(refused("failed", null)).toBe("The request failed.");
  expect(refused("failed", "<b>disk & co</b>")).toBe("The request failed: <b>disk & co</b>");
});
