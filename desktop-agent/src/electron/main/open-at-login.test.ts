import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createPrivateFiles } from "../../platform/private-files.ts";
import { autostartFile, type OpenAtLogin } from "./open-at-login.ts";

const files = createPrivateFiles({ syncsFolders: false });
let folder: string;
let atLogin: OpenAtLogin;

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "muster-at-login-"));
  await mkdir(path.join(folder, "package"));
  atLogin = autostartFile(files, folder, "/opt/My $hare/muster-tray", path.join(folder, "package"));
});

afterEach(() => rm(folder, { recursive: true }));

const installPackage = () => writeFile(path.join(folder, "package/muster.desktop"), "[Desktop Entry]\n");
const readOwn = () => readFile(path.join(folder, "autostart/muster.desktop"), "utf8");

it("starts the tray for one user by a file of the user, and no more after it is removed", async () => {
  expect(await atLogin.read()).toBe(false);
  await atLogin.write(true);
  expect(await atLogin.read()).toBe(true);
  expect(await readOwn()).toContain(String.raw`Exec="/opt/My \\$hare/muster-tray" --at-login`);
  await atLogin.write(false);
  expect(await atLogin.read()).toBe(false);
  expect(await readdir(path.join(folder, "autostart"))).toEqual([]);
});

it("lets a user disable what a package starts for everyone", async () => {
  await installPackage();
  expect(await atLogin.read()).toBe(true);
  await atLogin.write(false);
  expect(await atLogin.read()).toBe(false);
  expect(await readOwn()).toMatch(/^Hidden=true$/m);
});

it("leaves it to the package again when the user enables it", async () => {
  await installPackage();
  await atLogin.write(false);
  await atLogin.write(true);
  expect(await atLogin.read()).toBe(true);
  expect(await readdir(path.join(folder, "autostart"))).toEqual([]);
});

it.each(["/opt/a\nExec=/tmp/evil\n", "/opt/a\rHidden=true", '/opt/a" /tmp/evil "'])(
  "does not let the name of a program start a line or an argument of its own: %j",
  async (program) => {
    const hostile = autostartFile(files, folder, program, path.join(folder, "package"));
    await hostile.write(true);
    const lines = (await readOwn()).split(/[\r\n]/);
    expect(lines.filter((line) => line.startsWith("Exec="))).toEqual([
      expect.stringMatching(/^Exec="([^"]|\\\\")*" --at-login$/),
    ]);
    expect(await hostile.read()).toBe(true);
  },
);
