import { describe, expect, test } from "vitest";
import type { MemberCaller } from "./caller.ts";
import { assertVersion, readIfMatch } from "./if-match.ts";

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
    expect(() => assertVersion(2, 3)).toThrow(expect.objectContaining({ code: "precondition-failed" }));
    expect(() => assertVersion(3, 3)).not.toThrow();
    expect(() => assertVersion(null, 3)).not.toThrow();
  });
});
