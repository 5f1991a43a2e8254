import { expect, it } from "vitest";
import { isSessionExpired, MAX_SESSION_IDLE_MS, MAX_SESSION_AGE_MS } from "./session-rules.ts";

it("a session ends at its idle limit or its age limit, whichever comes first", () => {
  const used = { createdAt: 0, lastUsedAt: 1000 };
  expect(isSessionExpired(used, 1000 + MAX_SESSION_IDLE_MS - 1)).toBe(false);
  expect(isSessionExpired(used, 1000 + MAX_SESSION_IDLE_MS)).toBe(true);
  const lively = { createdAt: 0, lastUsedAt: MAX_SESSION_AGE_MS - 1 };
  expect(isSessionExpired(lively, MAX_SESSION_AGE_MS - 1)).toBe(false);
  expect(isSessionExpired(lively, MAX_SESSION_AGE_MS)).toBe(true);
});
