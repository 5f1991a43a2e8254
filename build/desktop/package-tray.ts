import { mkdir, rm } from "node:fs/promises";
import path from "node:path";
import { canMakeDeb } from "../agent-package/make-deb.ts";
import { writeSums } from "../agent-package/write-sums.ts";
import type { SystemName } from "../icons/icon-names.ts";
import { makeAppIcons } from "../icons/make-icons.ts";
import { buildPackages } from "./build-packages.ts";
import { bundleTray, trayFolder } from "./bundle-tray.ts";
import { treeOf } from "./check/read-package.ts";
import { makeTrayDeb } from "./deb/make-tray-deb.ts";
import { stageTray } from "./stage-tray.ts";

export type PackagingOptions = {
  /** electron-builder's names, as `rpm`; the default ones of this system when empty. */
  targets: readonly string[];
  /** The default ones of this system when empty: both on macOS, x64 elsewhere. */
  architectures: readonly Architecture[];
};
type Architecture = "x64" | "arm64";

const SYSTEMS: Partial<Record<NodeJS.Platform, SystemName>> = {
  linux: "linux",
  win32: "windows",
  darwin: "mac",
};

/**
 * Makes dist/packages: the tray's packages for the system that this runs on, and their SHA-256 sums. Electron and the tools of
 * electron-builder are downloaded. Environment variables name the certificates; see docs/how-to/package-the-tray.md.
 */
export async function packageTray(
  root: string,
  { targets, architectures }: PackagingOptions,
  print: (line: string) => void,
): Promise<void> {
  const system = SYSTEMS[process.platform];
  if (!system) throw new Error(`There is no tray for ${process.platform}.`);
  dropEmptySecrets();
  // Packages keep the modes of the files that they are made of.
  process.umask(0o022);
  const defaults: readonly Architecture[] = system === "mac" ? ["x64", "arm64"] : ["x64"];
  const chosen = architectures.length > 0 ? architectures : defaults;
  const output = path.join(root, "dist", "packages");
  const staged = path.join(root, "dist", "staged-tray");
  await rm(output, { recursive: true, force: true });
  await mkdir(output, { recursive: true });
  await stageTray(await bundleTray(root, trayFolder(root)), system, staged);
  const icons = await makeAppIcons(path.join(root, "dist", "icons"));
  const files = await buildPackages({
    root,
    system,
    app: staged,
    icons,
    output,
    targets,
    architectures: chosen,
    macIdentity: chooseMacIdentity(),
  });
  if (system === "linux" && chosen.includes("x64") && targets.length === 0) {
    if (canMakeDeb()) {
      files.push(
        await makeTrayDeb({ root, tree: treeOf(system, output), icons: icons.linux, folder: output }),
      );
    } else print("No package for Debian: it needs Linux x64 and dpkg-deb.");
  }
  await writeSums(output, files, print);
}

/** Ad hoc without a certificate: macOS shows no notifications of an unsigned program. */
function chooseMacIdentity(): string | null {
  const { CSC_NAME, CSC_LINK } = process.env;
  return CSC_NAME ?? (CSC_LINK === undefined ? "-" : null);
}

/** CI passes a secret that is not set as an empty string, which electron-builder would take for a certificate. */
function dropEmptySecrets(): void {
  for (const [name, value] of Object.entries(process.env)) {
    if (value === "" && /^(WIN_)?CSC_|^APPLE_/.test(name)) delete process.env[name];
  }
}
