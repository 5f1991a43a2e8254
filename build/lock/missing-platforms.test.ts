import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { findMissingPlatforms, type Lock } from "./missing-platforms.ts";

test("lists the packages of every system in package-lock.json; otherwise run node build/lock/complete-lock.ts", () => {
  const file = path.join(import.meta.dirname, "..", "..", "package-lock.json");
  const lock = JSON.parse(readFileSync(file, "utf8")) as Lock;
  expect(Object.keys(findMissingPlatforms(lock))).toEqual([]);
});

test("names the system of a missing package", () => {
  const optionalDependencies = {
    "@tool/linux-arm64-musl": "1.2.3",
    "@tool/win32-x64-msvc": "1.2.3",
    there: "1.0.0",
  };
  const lock = {
    packages: {
      "node_modules/tool": { version: "1.2.3", dev: true, optionalDependencies },
      "node_modules/there": { version: "1.0.0" },
    },
  };
  expect(findMissingPlatforms(lock)).toEqual({
    "node_modules/@tool/linux-arm64-musl": {
      version: "1.2.3",
      cpu: ["arm64"],
      dev: true,
      libc: ["musl"],
      optional: true,
      os: ["linux"],
    },
    "node_modules/@tool/win32-x64-msvc": {
      version: "1.2.3",
      cpu: ["x64"],
      dev: true,
      optional: true,
      os: ["win32"],
    },
  });
});
