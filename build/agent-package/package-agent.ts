import { mkdir, rm } from "node:fs/promises";
import path from "node:path";
import { agentSystemOf } from "@muster/shared/artefacts/agent-system.ts";
import { AGENT_SYSTEMS } from "@muster/shared/contracts/artefact.ts";
import { buildArtefact } from "./build-artefact.ts";
import { bundleAgent } from "./bundle-agent.ts";
import { type ExecutableTarget, macTarget, packagedTarget } from "./executable-target.ts";
import { canMakeDeb, makeDeb } from "./make-deb.ts";
import { librariesFolder } from "./library-assets.ts";
import { makeExecutable } from "./make-executable.ts";
import { addNotifierHelper, findForeignHelpers } from "./notifier-helper.ts";
import { writeSums } from "./write-sums.ts";

type Print = (line: string) => void;

/** Where packages from the npm registry are kept between builds in a clone. */
export function nodeCache(root: string): string {
  return path.join(root, "node_modules", ".cache", "muster-node");
}

/**
 * Makes dist/agent: `muster-agent` as one file for the system that this runs on, on Debian and derivatives the package too, and their
 * SHA-256 sums. @param print gets a line for each file made
 */
export async function packageAgent(root: string, print: Print): Promise<void> {
  const folder = await emptyFolder(root);
  const bundle = await bundleAgent(root, path.join(folder, "muster-agent.cjs"));
  const executable = await makeExecutable({ root, bundle, folder, target: await ownTarget(root, print) });
  const files = [executable, ...(await addNotifierHelper(root, folder, process.platform))];
  if (canMakeDeb()) files.push(await makeDeb({ root, executable, folder }));
  else print("No package for Debian: it needs Linux x64 and dpkg-deb.");
  await rm(bundle);
  await rm(librariesFolder(bundle), { recursive: true });
  const foreign = await findForeignHelpers(folder, process.platform);
  if (foreign.length > 0) throw new Error(`The agent's package is wrong: ${foreign.join("; ")}.`);
  await writeSums(folder, files, print);
}

/** Makes dist/agent for every system, as a server offers them: one file or archive for each, and their SHA-256 sums. */
export async function packageAgentForAll(root: string, print: Print): Promise<void> {
  const folder = await emptyFolder(root);
  const files: string[] = [];
  for (const system of AGENT_SYSTEMS) {
    files.push((await buildArtefact({ root, system, folder, cache: nodeCache(root), print })).file);
  }
  await writeSums(folder, files, print);
}

async function emptyFolder(root: string): Promise<string> {
  const folder = path.join(root, "dist", "agent");
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  return folder;
}

async function ownTarget(root: string, print: Print): Promise<ExecutableTarget> {
  const system = agentSystemOf(process);
  if (system === undefined) throw new Error(`There is no agent for ${process.platform} on ${process.arch}.`);
  if (system === "macos-arm64" || system === "macos-x64") return macTarget();
  return packagedTarget(root, system, { cache: nodeCache(root), print });
}
