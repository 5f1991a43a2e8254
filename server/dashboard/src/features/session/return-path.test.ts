import { describe, expect, it } from "vitest";
import { loginPath, returnPath } from "./return-path.ts";

describe("the place to return to after signing in", () => {
  it("is the requested page, with its filters", () => {
    const login = loginPath("/", "attention=critical&search=a%26b");
    expect(returnPath(login.slice("/login".length))).toBe("/?attention=critical&search=a%26b");
  });

  it.each(["https://example.org", "//example.org", "/\\example.org", "javascript:alert(1)", "/login?next=/"])(
    "is never %s",
    (next) => {
      expect(returnPath(`?next=${encodeURIComponent(next)}`)).toBe("/");
    },
  );
});
