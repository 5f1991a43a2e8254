import { describe, expect, test } from "vitest";
import { checkAccess } from "./access.ts";
import { type Caller, hasSameLimit } from "./caller.ts";

const user = (customerIds: readonly string[] | null): Caller => ({
  kind: "user",
  orgId: "o1",
  userId: "u1",
  sessionId: "s1",
  name: "Ada",
  role: "admin",
  customerIds,
});

describe("a caller with a customer limit", () => {
  test.each([["c1"], []])(
    "is refused by a route that does not say that it applies the limit: %j",
    (...ids) => {
      const access = { by: "member", role: "viewer", scope: "read" } as const;
      expect(() => checkAccess(access, user(ids))).toThrow(expect.objectContaining({ code: "forbidden" }));
      expect(() => checkAccess(access, user(null))).not.toThrow();
      expect(() => checkAccess({ ...access, appliesCustomerLimit: true }, user(ids))).not.toThrow();
    },
  );

  test("is another one as soon as the limit changes, in whatever order its customers come", () => {
    expect(hasSameLimit(user(["a", "b"]), user(["b", "a"]))).toBe(true);
    expect(hasSameLimit(user(["a"]), user(["a", "b"]))).toBe(false);
    expect(hasSameLimit(user([]), user(null))).toBe(false);
  });
});
