import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { makeFolder } from "./make-folder.ts";

let place: string;
beforeEach(() => {
  place = mkdtempSync(path.join(tmpdir(), "muster-folder-"));
});
afterEach(() => rmSync(place, { recursive: true }));

test("creates a folder and its parents, for their owner only", () => {
  const folder = path.join(place, "a/b/c");
  makeFolder(folder);
  makeFolder(folder);
  expect(statSync(folder).isDirectory()).toBe(true);
  if (path.sep === "/") expect(statSync(path.join(place, "a")).mode & 0o777).toBe(0o700);
});

test("throws when a file is in its place", () => {
  writeFileSync(path.join(place, "file"), "");
  expect(() => makeFolder(path.join(place, "file/below"))).toThrow(/EEXIST/);
  expect(() => makeFolder(path.join(place, "file"))).toThrow(/EEXIST/);
});

test.runIf(existsSync("/proc/self"))("throws below /proc, where Node's recursive mkdir never returns", () => {
  expect(() => makeFolder("/proc/nowhere/at/all")).toThrow(/ENOENT/);
});
