import { expect, it } from "vitest";
import { DeviceFilter } from "./device.ts";
import { DeviceMatch } from "./device-match.ts";

it("takes every filter of the list of devices in a body, except ids", () => {
  const filters = Object.keys(DeviceFilter.shape).filter((name) => name !== "id");
  expect(Object.keys(DeviceMatch.shape)).toEqual(filters);
});
