import { expect, it } from "vitest";
import { createMountExclusions } from "./mount-exclusions.ts";

it.each([
  ["/srv", "/srv", true],
  ["/srv/", "/srv", true],
  ["/srv", "/srv/data", false],
  ["/srv", "/SRV", false],
  ["/media/*", "/media/usb", true],
  ["/media/*", "/media", false],
  ["/*", "/data", true],
  ["/*", "/", false],
  ["/", "/", true],
  ["d:", "D:\\", true],
  ["D:\\", "D:\\", true],
  ["D:/mounts/*", "D:\\Mounts\\x", true],
  ["D:", "E:\\", false],
])("the pattern %s and the mount point %s: %s", (pattern, mount, isMatch) => {
  expect(createMountExclusions([pattern]).isExcluded(mount)).toBe(isMatch);
});

it("matches what the server names with the text that the inventory has", () => {
  const exclusions = createMountExclusions();
  exclusions.setServerMounts(["/mnt/ [31mred"]);
  expect(exclusions.isExcluded("/mnt/\u001b[31mred\n")).toBe(true);
  expect(exclusions.isExcludedHere("/mnt/\u001b[31mred\n")).toBe(false);
  exclusions.setServerMounts([]);
  expect(exclusions.isExcluded("/mnt/\u001b[31mred\n")).toBe(false);
});
