import { describe, expect, it } from "vitest";
import { createFakePlatform } from "../platform/fake/fake-platform.ts";
import { createLocalUser } from "./local-user.ts";

describe("a local user", () => {
  it.each([
    ["windows", "ann", "Ann", true],
    ["linux", "ann", "Ann", false],
    ["linux", "ann", "ann", true],
    ["windows", null, "Ann", false],
  ] as const)(
    "is at the console of %s where its user is %j and the local user is %j: %j",
    async (...given) => {
      const [family, user, own, isThere] = given;
      const fake = createFakePlatform({ session: { user, idleSinceMs: null } });
      expect(await createLocalUser({ ...fake, family }, own).isAtConsole()).toBe(isThere);
    },
  );

  it("is not at the console where the system cannot tell who is there", async () => {
    const fake = createFakePlatform();
    const sessions = { console: () => Promise.reject(new Error("no login manager")) };
    expect(await createLocalUser({ ...fake, sessions }, "ann").isAtConsole()).toBe(false);
  });
});
