import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/** What the agent hands to the service manager of its system: files of deploy/, which its package carries. */
export type ServiceFile =
  | "muster-agent.service"
  | "muster-agent.init"
  | "muster.agent.plist"
  | "run-agent.cmd";

const SEA = () => process.getBuiltinModule("node:sea");

/** Where this program's own files are, null in a checkout, which cannot be installed. `file`: all in one file. */
export function findPackage(): { kind: "file"; program: string } | { kind: "folder"; folder: string } | null {
  if (SEA().isSea()) return { kind: "file", program: process.execPath };
  const script = process.argv[1] ?? "";
  return /[\\/]muster-agent\.cjs$/.test(script) ? { kind: "folder", folder: dirname(script) } : null;
}

/** The text of a service file. Only in a package. */
export async function readServiceFile(name: ServiceFile): Promise<string> {
  const found = findPackage();
  if (found === null) throw new Error("Only the packaged agent has the files of its service.");
  return found.kind === "file"
    ? SEA().getAsset(name, "utf8")
    : readFile(join(found.folder, "libraries", name), "utf8");
}
