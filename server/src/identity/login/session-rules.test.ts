import { expect, it } from "vitest";
import { isSessionOver, SESSION_IDLE_MS, SESSION_MAX_MS } from "./session-rules.ts";

it("a session ends at its idle limit or its age limit, whichever comes first", () => {
  const used = { createdAt: 0, lastUsedAt: 1000 };
  expect(isSessionOver(used, 1000 + SESSION_IDLE_MS - 1)).toBe(false);
  expect(isSessionOver(used, 1000 + SESSION_IDLE_MS)).toBe(true);
  const lively = { createdAt: 0, lastUsedAt: SESSION_MAX_MS - 1 };
  expect(isSessionOver(lively, SESSION_MAX_MS - 1)).toBe(false);
  expect(isSessionOver(lively, SESSION_MAX_MS)).toBe(true);
});
