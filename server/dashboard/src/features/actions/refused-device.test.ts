import { expect, it } from "vitest";
import { refusedIn } from "./refused-device.ts";

it("reads refused devices from the details of an error and nothing else", () => {
  expect(
    refusedIn([
      { path: "deviceIds.d1", message: "archived" },
      { path: "payload.title", message: "archived" },
      { path: "deviceIds.d2", message: "something new" },
    ]),
  ).toEqual([{ deviceId: "d1", reason: "archived" }]);
});
