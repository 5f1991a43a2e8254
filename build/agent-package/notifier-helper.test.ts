import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { addNotifierHelper, findForeignHelpers } from "./notifier-helper.ts";

const ROOT = path.join(import.meta.dirname, "..", "..");
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "muster-package-"));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

describe("the notifier in the agent's package", () => {
  it.each([
    ["win32", ["LICENSES.txt", "snoretoast-x64.exe"], "LESSER GENERAL PUBLIC LICENSE"],
    ["darwin", ["LICENSES.txt", "terminal-notifier.app"], "Eloy Durán"],
  ] as const)("belongs to %s only, with its licence", async (platform, files, licence) => {
    await addNotifierHelper(ROOT, folder, platform);
    expect((await readdir(folder)).toSorted()).toEqual(files);
    const licences = await readFile(path.join(folder, "LICENSES.txt"), "utf8");
    for (const part of ["It contains systeminformation", "It contains node-notifier", licence]) {
      expect(licences).toContain(part);
    }
    expect(await findForeignHelpers(folder, platform)).toEqual([]);
  });

  it("is absent on Linux, which has notifications of its own", async () => {
    expect(await addNotifierHelper(ROOT, folder, "linux")).toEqual([]);
    expect(await readdir(folder)).toEqual([]);
  });

  it.each(["linux", "darwin"] as const)("is found in a package for another system, %s", async (platform) => {
    await writeFile(path.join(folder, "snoretoast-x64.exe"), "");
    expect(await findForeignHelpers(folder, platform)).toEqual([
      "snoretoast-x64.exe is a notifier of another system",
    ]);
  });
});
