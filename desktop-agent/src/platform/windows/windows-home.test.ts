import { describe, expect, it } from "vitest";
import { windowsHome } from "./windows-home.ts";

const PLACES = {
  programData: "C:\\ProgramData",
  localAppData: "C:\\Users\\anne\\AppData\\Local",
  systemRoot: "C:\\Windows",
};
const SERVICE = "C:\\ProgramData\\Muster Agent";
const OWN = "C:\\Users\\anne\\AppData\\Local\\Muster Agent";
const REGISTRY = "C:\\Windows\\System32\\config";

describe("the home folder on Windows", () => {
  it.each([
    ["the service", true, [], SERVICE],
    ["an elevated administrator beside a service", false, [REGISTRY, SERVICE], SERVICE],
    ["an elevated administrator without a service", false, [REGISTRY], OWN],
    ["an administrator who is not elevated", false, [], OWN],
    ["a user beside a folder that somebody made for them", false, [SERVICE], OWN],
  ] as const)("of %s", (_, isSystem, listable: readonly string[], expected) => {
    expect(windowsHome(PLACES, isSystem, (folder) => listable.includes(folder))).toBe(expected);
  });
});
