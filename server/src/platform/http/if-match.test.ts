import { describe, expect, test } from "vitest";
import type { MemberCaller } from "./caller.ts";
import { assertVersion } from "../edit-version.ts";
import { readIfMatch } from "./if-match.ts";

const common = { orgId: "o1", name: "n", role: "admin", customerIds: null } as const;
const user: MemberCaller = { kind: "user", userId: "u1", sessionId: "s1", ...common };
const key: MemberCaller = { kind: "api-key", keyId: "k1", scopes: ["write"], ...common };

describe("the header If-Match", () => {
  test("has to be sent by a session, and may be left out by a key", () => {
    expect(() => readIfMatch(user, undefined)).toThrow(
      expect.objectContaining({ code: "precondition-required" }),
    );
    expect(readIfMatch(key, undefined)).toBeNull();
  });

  test.each<[string, number | null]>([
    ['"3"', 3],
    [' W/"12" ', 12],
    ["*", null],
  ])("%s is the version %s", (header, version) => {
    expect(readIfMatch(user, header)).toBe(version);
  });

  test.each(["3", '"x"', '"1", "2"', ""])("%s is refused", (header) => {
    expect(() => readIfMatch(key, header)).toThrow(expect.objectContaining({ code: "bad-request" }));
  });

  test("lets only the current version be changed", () => {
    const current = { version: 3, updatedAt: null, updatedBy: "Ada" };
    expect(() => assertVersion(2, current)).toThrow(
      expect.objectContaining({ code: "precondition-failed", current }),
    );
    expect(() => assertVersion(3, current)).not.toThrow();
    expect(() => assertVersion(null, current)).not.toThrow();
  });
});
