import { existsSync } from "node:fs";
import { copyFile, mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import path from "node:path";
import type { AgentSystem } from "@muster/shared/contracts/artefact.ts";
import { buildArtefact } from "../../build/agent-package/build-artefact.ts";
import { nodeCache } from "../../build/agent-package/package-agent.ts";
import { digestSources } from "../../build/agent-package/sources-digest.ts";

const root = path.join(import.meta.dirname, "../..");
const CACHE = path.join(root, "node_modules", ".cache", "muster-built-agents");

/** The agent as the server offers it for a system, built once for the same sources. @returns a file that nobody may change */
async function builtAgent(system: AgentSystem): Promise<string> {
  const built = path.join(CACHE, `${system}-${await digestSources(root, system)}`);
  if (existsSync(built)) return built;
  await mkdir(CACHE, { recursive: true });
  const folder = await mkdtemp(path.join(CACHE, "building-"));
  try {
    const options = { root, system, folder, cache: nodeCache(root), print: () => undefined };
    await rename((await buildArtefact(options)).file, built);
  } finally {
    await rm(folder, { recursive: true });
  }
  return built;
}

/** A copy of it under the name that programs have. @returns its path */
export async function copyBuiltAgent(system: AgentSystem, file: string): Promise<string> {
  await copyFile(await builtAgent(system), file);
  return file;
}
