import { Role } from "@muster/shared/contracts/identity.ts";
import { describe, expect, test } from "vitest";
import { whyRoleChangeIsRefused } from "./role-rules.ts";

describe("whyRoleChangeIsRefused", () => {
  test.each(["viewer", "operator"] as const)("lets no %s change members", (actorRole) => {
    for (const to of Role.options) {
      expect(whyRoleChangeIsRefused({ actorRole, isSelf: false, from: null, to })).not.toBeNull();
    }
  });

  test.each([
    { from: "viewer", to: "owner" },
    { from: "owner", to: "viewer" },
    { from: "owner", to: null },
    { from: null, to: "owner" },
  ] as const)("does not let an admin turn $from into $to", ({ from, to }) => {
    expect(whyRoleChangeIsRefused({ actorRole: "admin", isSelf: false, from, to })).toContain(
      "Only an owner",
    );
    expect(whyRoleChangeIsRefused({ actorRole: "owner", isSelf: false, from, to })).toBeNull();
  });

  test("lets an admin make another admin", () => {
    expect(
      whyRoleChangeIsRefused({ actorRole: "admin", isSelf: false, from: "viewer", to: "admin" }),
    ).toBeNull();
  });

  test("lets nobody raise themself, and lets an owner step down", () => {
    expect(
      whyRoleChangeIsRefused({ actorRole: "admin", isSelf: true, from: "admin", to: "owner" }),
    ).not.toBeNull();
    expect(
      whyRoleChangeIsRefused({ actorRole: "owner", isSelf: true, from: "owner", to: "viewer" }),
    ).toBeNull();
  });
});
