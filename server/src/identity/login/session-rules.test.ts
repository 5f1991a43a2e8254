import { expect, it } from "vitest";
import { MAX_SESSION_AGE_MS, MAX_SESSION_IDLE_MS, sessionExpiryOf } from "./session-rules.ts";

it("a session ends at its idle limit or its age limit, whichever comes first", () => {
  const used = { createdAt: 0, lastUsedAt: 1000 };
  expect(sessionExpiryOf(used)).toBe(1000 + MAX_SESSION_IDLE_MS);
  const lively = { createdAt: 0, lastUsedAt: MAX_SESSION_AGE_MS - 1 };
  expect(sessionExpiryOf(lively)).toBe(MAX_SESSION_AGE_MS);
});
