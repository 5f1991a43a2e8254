import path from "node:path";
import { type SystemName } from "../../icons/icon-names.ts";
import { makeAppIcons } from "../../icons/make-icons.ts";
import { buildPackages } from "../build-packages.ts";
import { stageTray } from "../stage-tray.ts";
import { makeStandIn } from "../stand-in-electron/make-stand-in.ts";
import { findProblems } from "./find-problems.ts";
import { type PackageFacts, readPackage } from "./read-package.ts";

export type CheckOptions = {
  root: string;
  /** The result of bundling: dist/tray. */
  bundles: string;
  /** Where the trees are built; it is not emptied. */
  folder: string;
  systems: readonly SystemName[];
};
export type CheckedPackage = { system: SystemName; facts: PackageFacts; problems: string[] };

/** A closed port: a download fails immediately instead of reaching the network. */
const NOWHERE = "http://127.0.0.1:9/";
const OFFLINE = {
  ELECTRON_MIRROR: NOWHERE,
  ELECTRON_BUILDER_BINARIES_MIRROR: NOWHERE,
  CSC_IDENTITY_AUTO_DISCOVERY: "false",
};

/** Builds the unpacked trees of systems with a stand-in for Electron, and reads back their content. */
export async function checkPackages({
  root,
  bundles,
  folder,
  systems,
}: CheckOptions): Promise<CheckedPackage[]> {
  Object.assign(process.env, OFFLINE);
  const icons = await makeAppIcons(path.join(folder, "icons"));
  const checked: CheckedPackage[] = [];
  for (const system of systems) {
    const app = path.join(folder, `app-${system}`);
    const electron = path.join(folder, `electron-${system}`);
    const output = path.join(folder, "out");
    await stageTray(bundles, system, app);
    await makeStandIn(system, electron);
    let computed: unknown;
    await buildPackages({
      root,
      system,
      app,
      icons,
      output,
      electron,
      // AppImage for its desktop entry, which is computed before a tool would be downloaded.
      targets: [system === "linux" ? "AppImage" : "dir"],
      onTarget: (options) => {
        computed = options;
      },
    });
    const facts = await readPackage(system, output, readDesktopEntry(computed));
    checked.push({ system, facts, problems: findProblems(facts) });
  }
  return checked;
}

function readDesktopEntry(computed: unknown): string {
  const isEntry = typeof computed === "object" && computed !== null && "desktop" in computed;
  return isEntry ? String(computed.desktop) : "";
}
