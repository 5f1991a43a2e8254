import { mkdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { agentFileName } from "@muster/shared/artefacts/agent-file-name.ts";
import type { AgentSystem } from "@muster/shared/contracts/artefact.ts";
import agentPackage from "../../desktop-agent/package.json" with { type: "json" };
import { bundleAgent } from "./bundle-agent.ts";
import { packagedTarget } from "./executable-target.ts";
import { makeExecutable } from "./make-executable.ts";
import { makeMacArchive } from "./make-mac-archive.ts";

export type ArtefactOptions = {
  root: string;
  system: AgentSystem;
  /** Where the artefact goes. */
  folder: string;
  /** Where packages from the npm registry are kept. */
  cache: string;
  print: (line: string) => void;
};

export type BuiltArtefact = { file: string; version: string };

/**
 * Makes the agent for any system on this machine: one file of Node and the agent, on macOS an archive. It is named by version and system.
 * Throws an error whose message is a sentence for the operator.
 */
export async function buildArtefact(options: ArtefactOptions): Promise<BuiltArtefact> {
  const { root, system, folder } = options;
  const { version } = agentPackage;
  const work = path.join(folder, `work-${system}`);
  await rm(work, { recursive: true, force: true });
  await mkdir(work, { recursive: true });
  try {
    const bundle = await bundleAgent(root, path.join(work, "muster-agent.cjs"));
    const made = await makeFor(options, bundle, work);
    const file = path.join(folder, agentFileName({ version, system }));
    await rename(made, file);
    return { file, version };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function makeFor(
  { root, system, cache, print }: ArtefactOptions,
  bundle: string,
  folder: string,
): Promise<string> {
  if (system === "macos-arm64" || system === "macos-x64") {
    return makeMacArchive({ root, bundle, folder, system, cache });
  }
  const target = await packagedTarget(root, system, { cache, print });
  return makeExecutable({ root, bundle, folder, target });
}
