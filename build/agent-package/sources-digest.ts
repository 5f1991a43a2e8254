import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import type { AgentSystem } from "@muster/shared/contracts/artefact.ts";
import { pinnedIntegrity } from "./pinned-node.ts";

/** What the agent's file is made of, beside Node. The lock file stands for the packages. */
const SOURCES = [
  "desktop-agent/package.json",
  "desktop-agent/src",
  "shared/src",
  "build/agent-package",
  "deploy/launchd",
  "deploy/systemd/muster-agent.service",
  "deploy/sysv",
  "deploy/windows",
  "package-lock.json",
];
const NOT_IN_THE_AGENT = /(^|\/)(electron|fixtures|testing)\/|\.test\.tsx?$/;

/** Identifies the content of the agent's file for a system without making it. */
export async function digestSources(root: string, system: AgentSystem): Promise<string> {
  const hash = createHash("sha256").update(`${system}\0${pinnedIntegrity(system)}\0`);
  const lists = await Promise.all(SOURCES.map((source) => listFiles(root, source)));
  for (const file of lists.flat()) {
    const content = await readFile(path.join(root, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}

/** Names relative to the clone, with slashes, in the same order on every system. */
async function listFiles(root: string, source: string): Promise<string[]> {
  if (path.extname(source) !== "") return [source];
  const entries = await readdir(path.join(root, source), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).split(path.sep).join("/"))
    .filter((file) => !NOT_IN_THE_AGENT.test(file))
    .toSorted();
}
