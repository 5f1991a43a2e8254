import { expect, it } from "vitest";
import { createRequestKeys, refusedIn } from "./use-queue-actions.ts";

it("uses the same key for the same request and another key for a changed one", () => {
  let made = 0;
  const keyOf = createRequestKeys(() => `key-${++made}`);
  const request = { type: "message", payload: { title: "a" } };
  expect(keyOf(request)).toBe("key-1");
  expect(keyOf({ ...request })).toBe("key-1");
  expect(keyOf({ ...request, payload: { title: "b" } })).toBe("key-2");
  expect(keyOf(request)).toBe("key-3");
});

it("reads refused devices from the details of an error only", () => {
  expect(
    refusedIn([
      { path: "deviceIds.d1", message: "archived" },
      { path: "payload.title", message: "archived" },
      { path: "deviceIds.d2", message: "something new" },
    ]),
  ).toEqual([{ deviceId: "d1", reason: "archived" }]);
});
