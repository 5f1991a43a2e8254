import { mkdtemp, readdir, rm } from "node:fs/promises";
import path from "node:path";
import type { AgentSystem, ArtefactProblem, ArtefactProblemCode } from "@muster/shared/contracts/artefact.ts";
import type { Clock } from "../../platform/clock.ts";
import { acquireFileLock } from "../../platform/database/file-lock.ts";
import { toInstant } from "../../platform/instant.ts";
import type { Logger } from "../../platform/logging/logger.ts";
import { systemErrorCode } from "../../platform/start-error.ts";
import type { ArtefactFiles } from "./artefact-files.ts";
import type { ArtefactRegister } from "./artefact-register.ts";
import type { BuildResult, BuildRunner } from "./run-build.ts";

const LOCK = "lock";
/** Absolute paths, which no answer contains. */
const PATHS = /(?<![\w.…])(?:[A-Za-z]:)?[\\/](?:[^\s'"`:;,()]+)/g;

/** Builds of agents, one at a time. */
export type Builds = {
  canBuild(): boolean;
  /** Builds the agent for a system unless that is under way. Resolves when the build has ended, however it ends. */
  request(system: AgentSystem): Promise<void>;
  /** The build that is under way or waits; null without one. */
  running(system: AgentSystem): Promise<void> | null;
  /** Why the last build failed; null after a success. */
  problemOf(system: AgentSystem): ArtefactProblem | null;
  /** Ends the build that runs, and starts no more. */
  stop(): Promise<void>;
};

type Deps = {
  files: ArtefactFiles;
  register: ArtefactRegister;
  runner: BuildRunner;
  clock: Clock;
  log: Logger;
};

export function createBuilds({ files, register, runner, clock, log }: Deps): Builds {
  const stopping = new AbortController();
  const running = new Map<AgentSystem, Promise<void>>();
  const problems = new Map<AgentSystem, ArtefactProblem>();
  let last: Promise<void> = Promise.resolve();

  async function build(system: AgentSystem): Promise<void> {
    if (stopping.signal.aborted) return;
    try {
      const result = await buildLocked(system);
      if (result.kind !== "failed") problems.delete(system);
      else if (!stopping.signal.aborted) fail(system, result.code, result.message);
    } catch (error) {
      const isFull = systemErrorCode(error) === "ENOSPC";
      const text = isFull ? "The data folder is full." : messageOf(error);
      fail(system, isFull ? "no-space" : "failed", text);
    }
  }

  async function buildLocked(system: AgentSystem): Promise<BuildResult> {
    files.ensureFolders();
    const lock = acquireFileLock(path.join(files.workFolder, LOCK));
    if (lock === null) {
      const message = "Another process builds an agent in this data folder. Try again when it has ended.";
      return { kind: "failed", code: "busy", message };
    }
    try {
      await clear(files.workFolder);
      const folder = await mkdtemp(path.join(files.workFolder, "build-"));
      const knownSources = await register.builtSources(system);
      const options = { system, folder, knownSources, signal: stopping.signal };
      const startedAt = clock.monotonic();
      const result = await runner.run(options);
      if (result.kind === "built") await register.addBuilt(system, result);
      const durationMs = Math.round(clock.monotonic() - startedAt);
      log.info({ system, result: result.kind, durationMs }, "A build of the agent has ended");
      return result;
    } finally {
      await clear(files.workFolder).catch(() => undefined);
      lock.release();
    }
  }

  function fail(system: AgentSystem, code: ArtefactProblemCode, text: string): void {
    log.warn({ system, code, reason: text }, "The agent could not be built");
    const [line = ""] = text.split("\n");
    problems.set(system, { code, message: line.replaceAll(PATHS, "…"), at: toInstant(clock.now()) });
  }

  return {
    canBuild: () => runner.canBuild(),
    request(system) {
      const known = running.get(system);
      if (known) return known;
      const made = last.then(() => build(system)).finally(() => running.delete(system));
      running.set(system, made);
      last = made;
      return made;
    },
    running: (system) => running.get(system) ?? null,
    problemOf: (system) => problems.get(system) ?? null,
    async stop() {
      stopping.abort();
      await last;
    },
  };
}

/** Removes what a build left that was killed. The lock's holder alone may do this. */
async function clear(workFolder: string): Promise<void> {
  for (const name of await readdir(workFolder)) {
    if (!name.startsWith(LOCK)) await rm(path.join(workFolder, name), { recursive: true, force: true });
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
