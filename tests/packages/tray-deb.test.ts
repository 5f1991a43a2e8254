import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type CheckedPackage, checkPackages } from "../../build/desktop/check/check-packages.ts";
import { treeOf } from "../../build/desktop/check/read-package.ts";
import { makeTrayDeb } from "../../build/desktop/deb/make-tray-deb.ts";
import { bundledTray } from "../harness/bundled-tray.ts";
import { listInstalled, obstacleToInstalling } from "../harness/installation.ts";
import { runProgram } from "../harness/installed-agent.ts";

const root = path.join(import.meta.dirname, "../..");
const PROGRAM = "/opt/Muster/muster-tray";
const ENTRY = "/usr/share/applications/muster-tray.desktop";
const AUTOSTART = "/etc/xdg/autostart/muster.desktop";

const obstacle = existsSync("/opt/Muster") ? "a tray is installed here already" : obstacleToInstalling();
const name = obstacle === null ? "the tray's package" : `the tray's package (skipped: ${obstacle})`;

describe.skipIf(obstacle !== null)(name, () => {
  let folder: string;
  let checked: CheckedPackage | undefined;
  let deb: string;
  let before: string[];

  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), "muster-tray-deb-"));
    const bundles = await bundledTray();
    [checked] = await checkPackages({ root, bundles, folder, systems: ["linux"] });
    const tree = treeOf("linux", path.join(folder, "out"));
    deb = await makeTrayDeb({
      root,
      tree,
      icons: path.join(folder, "icons/linux"),
      folder,
      compression: "none",
    });
    before = listInstalled();
    // The dependencies are Debian packages; a test does not install a desktop's libraries.
    const installed = await runProgram(["dpkg", "--install", "--force-depends", deb]);
    expect(installed).toMatchObject({ code: 0 });
  }, 120_000);

  afterAll(async () => {
    await runProgram(["dpkg", "--purge", "muster-tray"]);
    await rm(folder, { recursive: true, force: true });
  });

  const readEntry = async (file: string) => (await readFile(file, "utf8")).trim().split("\n");

  it("adds the program to the path and the menu", async () => {
    expect((await runProgram(["muster-tray", "--quit"])).stdout).toContain("--quit\n");
    expect(await readEntry(ENTRY)).toContain(`Exec=${PROGRAM}`);
    const icon = "/usr/share/icons/hicolor/48x48/apps/muster-tray.png";
    expect((await stat(icon)).size).toBeGreaterThan(100);
  });

  it("has the same desktop entry as the AppImage, except for the program's path", async () => {
    if (checked?.facts.own.system !== "linux") throw new Error("not a package of Linux");
    const isLasting = (line: string) => !/^(Exec|X-AppImage-Version)=|^\[/.test(line);
    const image = checked.facts.own.desktopEntry.trim().split("\n").filter(isLasting);
    expect((await readEntry(ENTRY)).filter(isLasting).toSorted()).toEqual(image.toSorted());
  });

  it("opens the tray when a user logs in", async () => {
    const command = (await readEntry(AUTOSTART))
      .find((line) => line.startsWith("Exec="))
      ?.slice("Exec=".length);
    expect((await runProgram((command ?? "").split(" "))).stdout).toContain("--at-login\n");
  });

  it("makes Chromium's sandbox setuid root only where it needs that", async () => {
    const { code } = await runProgram(["unshare", "--user", "true"]);
    const { mode, uid } = await stat("/opt/Muster/chrome-sandbox");
    expect([mode & 0o7777, uid]).toEqual([code === 0 ? 0o755 : 0o4755, 0]);
  });

  it("belongs to root, regardless of the account that built it", async () => {
    const listed = await runProgram(["dpkg-deb", "--contents", deb]);
    const lines = listed.stdout.trim().split("\n");
    expect(lines.filter((line) => !line.includes(" root/root "))).toEqual([]);
    expect(lines.filter((line) => /^\S{8}w/.test(line) && !line.startsWith("l"))).toEqual([]);
  });

  it("leaves nothing when it is purged", async () => {
    expect(await runProgram(["dpkg", "--remove", "muster-tray"])).toMatchObject({ code: 0 });
    expect(existsSync(PROGRAM)).toBe(false);
    expect(await runProgram(["dpkg", "--purge", "muster-tray"])).toMatchObject({ code: 0 });
    expect(listInstalled()).toEqual(before);
  });
});
