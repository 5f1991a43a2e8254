import { writeFile } from "node:fs/promises";
import path from "node:path";
import { APPLICATION_NAME, LINUX_NAME } from "@muster/shared/design/application.ts";
import agentPackage from "../../desktop-agent/package.json" with { type: "json" };

const AUTHOR = { name: "Muster", email: "muster@localhost" };

/** The main process's bundle. */
export const MAIN_FILE = "main.js";

/** The manifest by which Electron starts the application: no dependencies, because the bundles are complete. */
export async function writeManifest(folder: string): Promise<void> {
  const manifest = {
    name: LINUX_NAME,
    productName: APPLICATION_NAME,
    version: agentPackage.version,
    description: "Shows the health of this machine, and what its IT does on it",
    author: AUTHOR,
    license: "Apache-2.0",
    private: true,
    type: "module",
    main: MAIN_FILE,
    desktopName: `${LINUX_NAME}.desktop`,
    ...(process.env["MUSTER_HOMEPAGE"] && { homepage: process.env["MUSTER_HOMEPAGE"] }),
  };
  await writeFile(path.join(folder, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
}
