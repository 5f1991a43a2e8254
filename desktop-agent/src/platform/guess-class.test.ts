import { describe, expect, it } from "vitest";
import { chassisName } from "./chassis-name.ts";
import { guessClass } from "./guess-class.ts";

const NOTHING = { chassis: undefined, virtualization: undefined, hasBattery: false, hasDesktop: false };

describe("guessClass", () => {
  it.each([
    ["a battery", { hasBattery: true }, "laptop"],
    ["a notebook's chassis", { chassis: chassisName(10) }, "laptop"],
    ["a hypervisor that shows its host's battery", { virtualization: "vmware", hasBattery: true }, "vm"],
    ["a tower", { chassis: chassisName(7) }, "desktop"],
    ["a screen to log in at", { hasDesktop: true }, "desktop"],
    ["a rack", { chassis: chassisName(23) }, "server"],
    ["nothing known", {}, "server"],
  ])("by %s", (_, hints, expected) => {
    expect(guessClass({ ...NOTHING, ...hints })).toBe(expected);
  });
});

describe("chassisName", () => {
  it("ignores the lock bit, and is undefined for types without a meaning", () => {
    expect([3, 0x83, 36].map(chassisName)).toEqual(["desktop", "desktop", "stick PC"]);
    expect([1, 2, 0, 99, undefined].map(chassisName).every((word) => word === undefined)).toBe(true);
  });
});
