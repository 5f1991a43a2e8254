import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type CheckedPackage, checkPackages } from "../../build/desktop/check/check-packages.ts";
import { findProblems } from "../../build/desktop/check/find-problems.ts";
import { listTrayIconNames, type SystemName } from "../../build/icons/icon-names.ts";
import { bundledTray } from "../harness/bundled-tray.ts";

const root = path.join(import.meta.dirname, "../..");
const SYSTEMS: readonly SystemName[] = ["linux", "windows", "mac"];

// The frameworks of macOS contain symbolic links, which a standard Windows account may not create.
describe.skipIf(process.platform === "win32")("the packages of the tray", () => {
  let folder: string;
  let bundles: string;
  let packages: CheckedPackage[];

  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), "muster-tray-package-"));
    bundles = await bundledTray();
    packages = await checkPackages({ root, bundles, folder, systems: SYSTEMS });
  }, 60_000);

  afterAll(() => rm(folder, { recursive: true, force: true }));

  it("are built for three systems without network access, and pass all checks", () => {
    expect(packages.map(({ system, problems }) => ({ system, problems }))).toEqual(
      SYSTEMS.map((system) => ({ system, problems: [] })),
    );
  });

  it("contain the bundles, the manifest and the icons of their system, and no other file", async () => {
    const entries = await readdir(bundles, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile());
    const places = files.map((file) => path.relative(bundles, path.join(file.parentPath, file.name)));
    const bundled = places.filter((place) => !place.startsWith("icons/"));
    for (const { system, facts } of packages) {
      const icons = listTrayIconNames(system).map((name) => `icons/${name}`);
      expect(facts.files.map(({ path: file }) => file).toSorted()).toEqual([...bundled, ...icons].toSorted());
    }
  });

  it("prevent Electron from running as Node, loading foreign code and being debugged", () => {
    for (const { facts } of packages) {
      expect(facts.fuses).toMatchObject({
        RunAsNode: false,
        EnableNodeOptionsEnvironmentVariable: false,
        EnableNodeCliInspectArguments: false,
        EnableCookieEncryption: true,
        EnableEmbeddedAsarIntegrityValidation: true,
        OnlyLoadAppFromAsar: true,
        GrantFileProtocolExtraPrivileges: false,
      });
    }
  });

  it("are refused if a program has wrong fuses, checksums or permissions", () => {
    const [linux, windows, mac] = packages.map(({ facts }) => facts);
    if (linux?.own.system !== "linux" || windows?.own.system !== "windows" || mac?.own.system !== "mac") {
      throw new Error("not the packages that were built");
    }
    const info = {
      ...mac.own.info,
      NSAppTransportSecurity: { NSAllowsArbitraryLoads: true },
      LSUIElement: false,
    };
    const opened = { ...linux.fuses, RunAsNode: true };
    expect(findProblems({ ...linux, fuses: opened, besideArchive: ["app"], archiveBytes: 7e6 })).toEqual([
      "app.asar has 7000000 bytes",
      "fuses: RunAsNode is true, not false",
      "app is beside the archive",
    ]);
    expect(findProblems({ ...windows, own: { ...windows.own, asarSum: "00" } })).toEqual([
      "the program does not have the checksum of app.asar",
    ]);
    expect(findProblems({ ...mac, own: { ...mac.own, info } })).toEqual([
      "Info.plist: LSUIElement is false, not true",
      'Info.plist: NSAppTransportSecurity is {"NSAllowsArbitraryLoads":true}, not undefined',
    ]);
  });

  it("are refused with sources, packages, foreign programs or unneeded permissions", async () => {
    const foreign = path.join(folder, "foreign");
    await cp(bundles, foreign, { recursive: true });
    const added = {
      "src/main.ts": "export {};\n",
      "main.js.map": "{}\n",
      "vendor/notifier.txt": "\u007fELF a program under another name\n",
    };
    for (const [place, content] of Object.entries(added)) {
      await mkdir(path.dirname(path.join(foreign, place)), { recursive: true });
      await writeFile(path.join(foreign, place), content);
    }
    const [refused] = await checkPackages({
      root,
      bundles: foreign,
      folder: path.join(folder, "refused"),
      systems: ["mac"],
    });
    expect(refused?.problems.toSorted()).toEqual([
      "main.js.map does not belong in a package",
      "src/main.ts does not belong in a package",
      "vendor/notifier.txt is a program",
    ]);
  });
});
