import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type CheckedPackage, checkPackages } from "../../build/desktop/check/check-packages.ts";
import { findProblems } from "../../build/desktop/check/find-problems.ts";
import { listTrayIconNames, type SystemName } from "../../build/icons/icon-names.ts";
import { makeTrayIcons } from "../../build/icons/make-icons.ts";
import { writeManifest } from "../../build/desktop/write-manifest.ts";

const root = path.join(import.meta.dirname, "../..");
const SYSTEMS: readonly SystemName[] = ["linux", "windows", "mac"];
const BUNDLES = { "main.js": "export {};\n", "preload.cjs": "\n", "windows/status.html": "<p>status</p>\n" };

// The frameworks of macOS hold links, which a plain account of Windows may not make.
describe.skipIf(process.platform === "win32")("the packages of the tray", () => {
  let folder: string;
  let bundles: string;
  let packages: CheckedPackage[];

  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), "muster-tray-package-"));
    bundles = path.join(folder, "bundles");
    await put(BUNDLES);
    await makeTrayIcons(path.join(bundles, "icons"));
    await writeManifest(bundles);
    packages = await checkPackages({ root, bundles, folder, systems: SYSTEMS });
  }, 60_000);

  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function put(files: Record<string, string>) {
    for (const [place, content] of Object.entries(files)) {
      await mkdir(path.dirname(path.join(bundles, place)), { recursive: true });
      await writeFile(path.join(bundles, place), content);
    }
  }

  it("are built for three systems without the network, and have nothing wrong with them", () => {
    expect(packages.map(({ system, problems }) => ({ system, problems }))).toEqual(
      SYSTEMS.map((system) => ({ system, problems: [] })),
    );
  });

  it("hold the bundles, the manifest and their own system's icons, and no other file", () => {
    for (const { system, facts } of packages) {
      const icons = listTrayIconNames(system).map((name) => `icons/${name}`);
      const wanted = [...Object.keys(BUNDLES), "package.json", ...icons];
      expect(facts.files.map(({ place }) => place).toSorted()).toEqual(wanted.toSorted());
    }
  });

  it("keep Electron from being a Node, from foreign code and from being debugged", () => {
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

  it("are refused where a program has other fuses, sums or rights than it should", () => {
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
      "app lies beside the archive",
    ]);
    expect(findProblems({ ...windows, own: { ...windows.own, asarSum: "00" } })).toEqual([
      "the program does not know the sum of app.asar",
    ]);
    expect(findProblems({ ...mac, own: { ...mac.own, info } })).toEqual([
      "Info.plist: LSUIElement is false, not true",
      'Info.plist: NSAppTransportSecurity is {"NSAllowsArbitraryLoads":true}, not undefined',
    ]);
  });

  it("are refused with sources, packages, foreign programs and more rights than they need", async () => {
    await put({
      "src/main.ts": "export {};\n",
      "main.js.map": "{}\n",
      "vendor/notifier.txt": "\u007fELF a program under another name\n",
    });
    const [refused] = await checkPackages({
      root,
      bundles,
      folder: path.join(folder, "refused"),
      systems: ["mac"],
    });
    expect(refused?.problems.toSorted()).toEqual([
      "main.js.map does not belong into a package",
      "src/main.ts does not belong into a package",
      "vendor/notifier.txt is a program",
    ]);
  });
});
