import { chmod, copyFile, cp, mkdir } from "node:fs/promises";
import path from "node:path";
import type { AgentSystem } from "@muster/shared/contracts/artefact.ts";
import { librariesFolder } from "./library-assets.ts";
import { addNotifierHelper } from "./notifier-helper.ts";
import { pinnedNode } from "./pinned-node.ts";
import { writeTar } from "./write-tar.ts";

type Options = {
  root: string;
  /** The bundled agent. */
  bundle: string;
  /** Where the archive and its content go. */
  folder: string;
  system: Extract<AgentSystem, "macos-arm64" | "macos-x64">;
  /** Where packages from the npm registry are kept. */
  cache: string;
};

/**
 * Makes an archive with the folder `muster-agent`: the agent's launcher of that name, its bundle, and Node as its makers signed it. macOS
 * starts no program whose signature is broken, and a new signature needs a Mac. @returns the archive
 */
export async function makeMacArchive({ root, bundle, folder, system, cache }: Options): Promise<string> {
  const node = await pinnedNode(root, system, cache);
  const tree = path.join(folder, "muster-agent");
  await mkdir(tree);
  await copyFile(node.program, path.join(tree, "node"));
  await copyFile(bundle, path.join(tree, "muster-agent.cjs"));
  await cp(librariesFolder(bundle), path.join(tree, "libraries"), { recursive: true });
  await copyFile(path.join(import.meta.dirname, "mac-launcher.sh"), path.join(tree, "muster-agent"));
  await addNotifierHelper(root, tree, "darwin", node.licence);
  for (const name of ["node", "muster-agent"]) await chmod(path.join(tree, name), 0o755);
  const archive = path.join(folder, "muster-agent.tar.gz");
  await writeTar(tree, archive);
  return archive;
}
