import { expect, it } from "vitest";
import { createRequestKeys } from "./request-key.ts";

it("gives the same request its key again and a changed one another", () => {
  let made = 0;
  const keyOf = createRequestKeys(() => `key-${++made}`);
  const request = { type: "message", payload: { title: "a" } };
  expect(keyOf(request)).toBe("key-1");
  expect(keyOf({ ...request })).toBe("key-1");
  expect(keyOf({ ...request, payload: { title: "b" } })).toBe("key-2");
  expect(keyOf(request)).toBe("key-3");
});
