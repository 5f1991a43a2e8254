import { chmod, cp, mkdir, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { APPLICATION_NAME, LINUX_NAME } from "@muster/shared/design/application.ts";
import agentPackage from "../../../desktop-agent/package.json" with { type: "json" };
import { runProgram } from "../../agent-package/run-program.ts";
import { SUMMARY } from "../describe-packages.ts";
import { autostartEntry, desktopEntry, INSTALLED_PROGRAM } from "./desktop-entry.ts";

export type TrayDebOptions = {
  root: string;
  /** The unpacked tree that electron-builder made for Linux x64. */
  tree: string;
  /** A folder of PNGs named by their sizes, as 48x48.png. */
  icons: string;
  /** Where the package goes. */
  folder: string;
  /** Compression of dpkg-deb; xz unless given. */
  compression?: "xz" | "none";
};

/** Named like the file that the tray itself writes for a user, so that the user's file overrides this one. */
const AUTOSTART = "etc/xdg/autostart/muster.desktop";
/**
 * The libraries that Electron is linked with, by their names in Ubuntu 24 and Debian 13 and in Debian 12. The newer name comes first:
 * on Ubuntu other packages also provide the older names.
 */
const DEPENDS = [
  "libasound2t64 | libasound2",
  "libatk-bridge2.0-0t64 | libatk-bridge2.0-0",
  "libatspi2.0-0t64 | libatspi2.0-0",
  "libcups2t64 | libcups2",
  "libgbm1",
  "libgtk-3-0t64 | libgtk-3-0",
  "libnotify4",
  "libnss3",
  "libsecret-1-0",
  "libxtst6",
  "xdg-utils",
];

/** Makes the tray's package for Debian and derivatives, where `canMakeDeb` allows it. @returns its path */
export async function makeTrayDeb({ root, tree, icons, folder, compression = "xz" }: TrayDebOptions) {
  const version = `${agentPackage.version}-1`;
  const build = path.join(folder, `${LINUX_NAME}-${version}`);
  const file = path.join(folder, `${LINUX_NAME}_${version}_amd64.deb`);
  const own = import.meta.dirname;

  const put = async (name: string, content: string | { from: string }, mode = 0o644) => {
    const target = path.join(build, name);
    await mkdir(path.dirname(target), { recursive: true });
    if (typeof content === "string") await writeFile(target, content);
    else await cp(content.from, target, { recursive: true });
    await chmod(target, mode);
  };

  await put(`opt/${APPLICATION_NAME}`, { from: tree }, 0o755);
  await put(`opt/${APPLICATION_NAME}/resources/apparmor-profile`, {
    from: path.join(own, "apparmor-profile"),
  });
  await mkdir(path.join(build, "usr/bin"), { recursive: true });
  await symlink(INSTALLED_PROGRAM, path.join(build, "usr/bin", LINUX_NAME));
  await put(`usr/share/applications/${LINUX_NAME}.desktop`, desktopEntry(SUMMARY));
  await put(AUTOSTART, autostartEntry());
  for (const name of await readdir(icons)) {
    const size = path.parse(name).name;
    await put(`usr/share/icons/hicolor/${size}/apps/${LINUX_NAME}.png`, { from: path.join(icons, name) });
  }
  const licence = await readFile(path.join(root, "LICENSE"), "utf8");
  const others = `It contains Electron and Chromium: see /opt/${APPLICATION_NAME}.\n`;
  await put(`usr/share/doc/${LINUX_NAME}/copyright`, `${licence}\n${others}`);
  await put("DEBIAN/control", control(version));
  await put("DEBIAN/conffiles", `/${AUTOSTART}\n`);
  for (const script of ["postinst", "prerm"]) {
    await put(`DEBIAN/${script}`, { from: path.join(own, script) }, 0o755);
  }
  await runProgram("dpkg-deb", ["--root-owner-group", `-Z${compression}`, "--build", build, file]);
  await rm(build, { recursive: true });
  return file;
}

function control(version: string): string {
  return `Package: ${LINUX_NAME}
Version: ${version}
Architecture: amd64
Maintainer: Muster <muster@localhost>
Section: admin
Priority: optional
Depends: ${DEPENDS.join(", ")}
Suggests: muster-agent
Description: ${SUMMARY[0]?.toLowerCase()}${SUMMARY.slice(1)}
 An icon in the panel with the data that this machine reports, messages of its IT
 and planned reboots. With muster-agent installed it shows that agent; without it
 the tray reports itself.
`;
}
