import { expect, it } from "vitest";
import { stateOf, usesLeft } from "./enrolment-token-state.ts";

const token = { uses: 0, max_uses: 2, expires_at: 1000, revoked_at: null };

it("a token is valid until it expires, is used up or is revoked", () => {
  expect(stateOf(token, 999)).toBe("valid");
  expect(stateOf(token, 1000)).toBe("expired");
  expect(stateOf({ ...token, uses: 2 }, 0)).toBe("used-up");
  expect(stateOf({ ...token, uses: 2, revoked_at: 1 }, 5000)).toBe("revoked");
  expect(stateOf({ ...token, max_uses: null, uses: 1_000_000 }, 0)).toBe("valid");
});

it("a token without a limit has no number of uses left", () => {
  expect(usesLeft({ uses: 7, max_uses: null })).toBeNull();
  expect(usesLeft({ uses: 3, max_uses: 2 })).toBe(0);
});
