import { existsSync } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { FuseState, FuseV1Options, getCurrentFuseWire } from "@electron/fuses";
import { APPLICATION_NAME, LINUX_NAME } from "@muster/shared/design/application.ts";
import type { PlistObject } from "plist";
import { findForeignHelpers } from "../../agent-package/notifier-helper.ts";
import type { SystemName } from "../../icons/icon-names.ts";
import { readInfoPlist } from "../mac/read-info-plist.ts";
import { type AsarFacts, readAsar } from "./read-asar.ts";
import { readWindowsProgram, type WindowsProgramFacts } from "./read-windows-program.ts";

export type PackageFacts = AsarFacts & {
  /** Whether each fuse is on, by the names of `FuseV1Options`. */
  fuses: Record<string, boolean>;
  /** Code beside the archive, which its checksums do not cover. */
  besideArchive: string[];
  /** Helper programs of node-notifier. The tray needs none: it shows notifications itself. */
  notifiers: string[];
  languages: string[];
  /** Size of the archive. */
  archiveBytes: number;
  own:
    | { system: "linux"; desktopEntry: string }
    | ({ system: "windows" } & WindowsProgramFacts)
    | { system: "mac"; info: PlistObject; helpers: string[] };
};

type Layout = { tree: string; program: string; resources: string; locales: string };

const LAYOUTS: Record<SystemName, Layout> = {
  linux: {
    tree: "linux-unpacked",
    program: LINUX_NAME,
    resources: "resources",
    locales: "locales",
  },
  windows: {
    tree: "win-unpacked",
    program: `${APPLICATION_NAME}.exe`,
    resources: "resources",
    locales: "locales",
  },
  mac: {
    tree: path.join("mac", `${APPLICATION_NAME}.app`),
    program: "",
    resources: "Contents/Resources",
    locales: "Contents/Frameworks/Electron Framework.framework/Resources",
  },
};
const OTHER_CODE = ["app", "default_app.asar", "app.asar.unpacked"];

/** The folder of a system's unpacked tree below electron-builder's output. */
export function treeOf(system: SystemName, output: string): string {
  return path.join(output, LAYOUTS[system].tree);
}

/** Reads the content of a system's unpacked tree. @param desktopEntry as electron-builder computed it for Linux */
export async function readPackage(
  system: SystemName,
  output: string,
  desktopEntry: string,
): Promise<PackageFacts> {
  const layout = LAYOUTS[system];
  const tree = treeOf(system, output);
  const program = path.join(tree, layout.program);
  const resources = path.join(tree, layout.resources);
  const archive = path.join(resources, "app.asar");
  return {
    ...readAsar(archive),
    fuses: await readFuses(program),
    notifiers: await findForeignHelpers(tree, "linux"),
    besideArchive: OTHER_CODE.filter((name) => existsSync(path.join(resources, name))),
    languages: (await readdir(path.join(tree, layout.locales)))
      .map((name) => path.parse(name).name)
      .toSorted(),
    archiveBytes: (await stat(archive)).size,
    own: await readOwn(system, tree, program, desktopEntry),
  };
}

async function readOwn(
  system: SystemName,
  tree: string,
  program: string,
  desktopEntry: string,
): Promise<PackageFacts["own"]> {
  switch (system) {
    case "linux":
      return { system, desktopEntry };
    case "windows":
      return { system, ...(await readWindowsProgram(program)) };
    case "mac": {
      const inside = await readdir(path.join(tree, "Contents/Frameworks"));
      const helpers = inside.filter((name) => name.endsWith(".app")).toSorted();
      return { system, info: await readInfoPlist(path.join(tree, "Contents/Info.plist")), helpers };
    }
  }
}

async function readFuses(program: string): Promise<Record<string, boolean>> {
  const { version: _, ...wire } = await getCurrentFuseWire(program);
  const states = Object.entries(wire).map(([fuse, state]) => [
    FuseV1Options[Number(fuse)] ?? fuse,
    state === FuseState.ENABLE,
  ]);
  return Object.fromEntries(states);
}
