import { describe, expect, it } from "vitest";
import { chassisWord } from "./chassis.ts";
import { guessClass } from "./guess-class.ts";

const NOTHING = { chassis: undefined, virtualization: undefined, hasBattery: false, hasDesktop: false };

describe("guessClass", () => {
  it.each([
    ["a battery", { hasBattery: true }, "laptop"],
    ["a notebook's chassis", { chassis: chassisWord(10) }, "laptop"],
    ["a hypervisor that shows its host's battery", { virtualization: "vmware", hasBattery: true }, "vm"],
    ["a tower", { chassis: chassisWord(7) }, "desktop"],
    ["a screen to log in at", { hasDesktop: true }, "desktop"],
    ["a rack", { chassis: chassisWord(23) }, "server"],
    ["nothing known", {}, "server"],
  ])("by %s", (_, hints, expected) => {
    expect(guessClass({ ...NOTHING, ...hints })).toBe(expected);
  });
});

describe("chassisWord", () => {
  it("reads the number without its lock bit, and says nothing for what says nothing", () => {
    expect([3, 0x83, 36].map(chassisWord)).toEqual(["desktop", "desktop", "stick PC"]);
    expect([1, 2, 0, 99, undefined].map(chassisWord).every((word) => word === undefined)).toBe(true);
  });
});
