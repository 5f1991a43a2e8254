import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { type AgentSystem, ArtefactProblemCode } from "@muster/shared/contracts/artefact.ts";
import { z } from "zod";
import { readProgramEnvironment } from "../../platform/config/program-environment.ts";

const LIMIT_MS = 600_000;
/** Windows has no process groups. */
const hasProcessGroups = path.sep === "/";

const BuildResult = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("unchanged") }),
  z.object({ kind: z.literal("built"), file: z.string(), version: z.string(), sources: z.string() }),
  z.object({ kind: z.literal("failed"), code: ArtefactProblemCode, message: z.string() }),
]);
export type BuildResult = z.infer<typeof BuildResult>;

export type BuildOptions = {
  system: AgentSystem;
  /** An empty folder that the build may use, and puts the file into. */
  folder: string;
  /** The sources of the agent that exists already. */
  knownSources: string | null;
  /** Ends the build. */
  signal: AbortSignal;
};

/** Builds agents in a process of low priority, which ends with this one. */
export type BuildRunner = {
  /** Whether the sources of the agent and of its build are here. */
  canBuild(): boolean;
  run(options: BuildOptions): Promise<BuildResult>;
};

/** @param root folder of the installation */
export function createBuildRunner(root: string): BuildRunner {
  const script = path.join(root, "build", "agent-package", "build-for-server.ts");
  const stopWithParent = path.join(root, "build", "launch", "stop-with-parent.mjs");
  const agent = path.join(root, "desktop-agent", "src", "headless", "main.ts");
  return {
    canBuild: () => existsSync(script) && existsSync(agent),
    run({ system, folder, knownSources, signal }) {
      const args = ["--max-old-space-size=512", "--import", pathToFileURL(stopWithParent).href, script];
      const child = spawn(process.execPath, [...args, system, folder, knownSources ?? ""], {
        cwd: folder,
        env: readProgramEnvironment(),
        stdio: ["ignore", "ignore", "pipe", "ipc"],
        // A process group of its own, so that its programs end with it.
        detached: hasProcessGroups,
      });
      return resultOf(child, AbortSignal.any([signal, AbortSignal.timeout(LIMIT_MS)]));
    },
  };
}

function resultOf(child: ChildProcess, ending: AbortSignal): Promise<BuildResult> {
  return new Promise((resolve) => {
    let result: BuildResult | undefined;
    let errors = "";
    const end = () => endGroup(child);
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      errors = (errors + text).slice(-2_000);
    });
    child.on("message", (message) => {
      result = BuildResult.parse(message);
    });
    child.once("error", (error) => finish(error.message));
    child.once("close", (code, signal) => finish(`The build ended with ${signal ?? code}. ${errors}`));
    ending.addEventListener("abort", end, { once: true });
    if (ending.aborted) end();

    function finish(message: string): void {
      ending.removeEventListener("abort", end);
      resolve(
        result ?? { kind: "failed", code: "failed", message: ending.aborted ? abortText(ending) : message },
      );
    }
  });
}

function abortText(ending: AbortSignal): string {
  const isTimeout = ending.reason instanceof DOMException && ending.reason.name === "TimeoutError";
  return isTimeout ? "The build took longer than 10 minutes." : "The build was stopped with the server.";
}

function endGroup(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  if (hasProcessGroups) process.kill(-child.pid, "SIGKILL");
  else child.kill();
}
