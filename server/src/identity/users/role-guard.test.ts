import { Role } from "@muster/shared/contracts/identity.ts";
import { describe, expect, test } from "vitest";
import { roleChangeRejection } from "./role-guard.ts";

describe("roleChangeRejection", () => {
  test.each(["viewer", "operator"] as const)("does not let a %s change members", (actorRole) => {
    for (const to of Role.options) {
      expect(roleChangeRejection({ actorRole, isSelf: false, from: null, to })).not.toBeNull();
    }
  });

  test.each([
    { from: "viewer", to: "owner" },
    { from: "owner", to: "viewer" },
    { from: "owner", to: null },
    { from: null, to: "owner" },
  ] as const)("does not let an admin turn $from into $to", ({ from, to }) => {
    expect(roleChangeRejection({ actorRole: "admin", isSelf: false, from, to })).toContain("Only an owner");
    expect(roleChangeRejection({ actorRole: "owner", isSelf: false, from, to })).toBeNull();
  });

  test("lets an admin make another admin", () => {
    expect(
      roleChangeRejection({ actorRole: "admin", isSelf: false, from: "viewer", to: "admin" }),
    ).toBeNull();
  });

  test("does not let a user raise their own role, and lets an owner step down", () => {
    expect(
      roleChangeRejection({ actorRole: "admin", isSelf: true, from: "admin", to: "owner" }),
    ).not.toBeNull();
    expect(roleChangeRejection({ actorRole: "owner", isSelf: true, from: "owner", to: "viewer" })).toBeNull();
  });
});
