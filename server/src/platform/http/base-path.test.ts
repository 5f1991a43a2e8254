import { expect, it } from "vitest";
import { withoutBasePath } from "./base-path.ts";

it.each([
  ["/muster/api/v1/me?x=1", "/api/v1/me?x=1"],
  ["/api/v1/me", "/api/v1/me"],
  ["/muster", "/"],
  ["/muster?next=1", "/?next=1"],
  ["/muster/", "/"],
  ["/musterer/api", "/musterer/api"],
  ["/", "/"],
])("parses %s as %s", (target, expected) => expect(withoutBasePath(target, "/muster")).toBe(expected));

it("changes nothing for a server at the root", () =>
  expect(withoutBasePath("/muster/x", "")).toBe("/muster/x"));
