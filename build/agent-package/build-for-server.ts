import { existsSync } from "node:fs";
import { mkdir, statfs, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { AgentSystem } from "@muster/shared/contracts/artefact.ts";
import { buildArtefact } from "./build-artefact.ts";
import { BuildError } from "./build-error.ts";
import { digestSources } from "./sources-digest.ts";

/** What this process sends to the server that started it, once. `unchanged`: the server has the agent of these sources already. */
type Message =
  | { kind: "unchanged" }
  | { kind: "built"; file: string; version: string; sources: string }
  | { kind: "failed"; code: BuildError["code"] | "failed"; message: string };

/** postject needs 750 MB for a short time. */
const MIN_MEMORY_BYTES = 900 * 1_048_576;
/** The largest agent and Node, each twice, while one is made from the other. */
const MIN_SPACE_BYTES = 500 * 1_048_576;

const root = path.join(import.meta.dirname, "../..");
const [system, folder = "", known] = process.argv.slice(2);

await lowerPriority();
process.on("SIGTERM", endWithPrograms);
send(await build(AgentSystem.parse(system)));

async function build(parsed: AgentSystem): Promise<Message> {
  try {
    const sources = await digestSources(root, parsed);
    if (sources === known) return { kind: "unchanged" };
    await requireResources();
    const cache = path.join(folder, "node");
    await mkdir(cache, { recursive: true });
    const made = await buildArtefact({ root, system: parsed, folder, cache, print: () => undefined });
    return { kind: "built", ...made, sources };
  } catch (error) {
    return failureOf(error);
  }
}

/** The server answers while this runs, and is not what the system ends when memory is short. Both are refused by some sandboxes. */
async function lowerPriority(): Promise<void> {
  try {
    os.setPriority(os.constants.priority.PRIORITY_LOW);
  } catch {
    // The build then runs like the server itself.
  }
  if (process.platform === "linux")
    await writeFile("/proc/self/oom_score_adj", "1000").catch(() => undefined);
}

async function requireResources(): Promise<void> {
  const memoryBytes = process.availableMemory();
  // Without this file, as in the sandbox of the server's unit, Node takes the memory of caches for used.
  const isKnown = process.platform !== "linux" || existsSync("/proc/meminfo");
  if (isKnown && memoryBytes < MIN_MEMORY_BYTES) {
    throw new BuildError(
      "no-memory",
      `A build needs ${inMebibytes(MIN_MEMORY_BYTES)} MiB of free memory, but there are ${inMebibytes(memoryBytes)} MiB.`,
    );
  }
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize < MIN_SPACE_BYTES) throw noSpace();
}

function failureOf(error: unknown): Message {
  if (error instanceof Error && "code" in error && error.code === "ENOSPC") return failureOf(noSpace());
  if (error instanceof BuildError) return { kind: "failed", code: error.code, message: error.message };
  return { kind: "failed", code: "failed", message: error instanceof Error ? error.message : String(error) };
}

function noSpace(): BuildError {
  const space = inMebibytes(MIN_SPACE_BYTES);
  return new BuildError("no-space", `A build needs ${space} MiB of free space in the data folder.`);
}

function inMebibytes(bytes: number): number {
  return Math.floor(bytes / 1_048_576);
}

function send(message: Message): void {
  process.send?.(message, undefined, undefined, () => process.exit());
}

/** Its programs are in its process group, where the system has such groups. */
function endWithPrograms(): void {
  if (process.platform === "win32") process.exit(1);
  else process.kill(-process.pid, "SIGKILL");
}
