import { describe, expect, it } from "vitest";
import { hiddenTextsOf } from "./channel-secrets.ts";

describe("what an answer must not show", () => {
  it.each([
    [
      { url: "https://hooks.slack.com/services/T0001/B0001/long-secret?sig=abcdef" },
      ["long-secret", "services", "abcdef", "T0001", "B0001"],
    ],
    [{ token: "123456:ABC-DEF" }, ["123456:ABC-DEF"]],
    [{ topic: "alarms", token: "" }, ["alarms"]],
  ])("of %j are its secret parts, the longest first", (settings, hidden) => {
    expect(hiddenTextsOf({ settings, signing: null })).toEqual(hidden);
  });
});
