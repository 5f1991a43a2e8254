import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pino } from "pino";
import { createUuidV7Factory } from "../../server/src/platform/crypto/ids.ts";
import type { Dialect } from "../../server/src/platform/database/store.ts";
import { createApp } from "../../server/src/platform/http/app.ts";
import type {
  BuildOptions,
  BuildResult,
  BuildRunner,
} from "../../server/src/releases/artefacts/run-build.ts";
import { createReleases, type Releases } from "../../server/src/releases/index.ts";
import { type FleetWorld, startFleet } from "./fleet-server.ts";

/** A build without a process: `act` makes its result, by default a file of the build's number. */
export type ScriptedRunner = BuildRunner & {
  builds: BuildOptions[];
  act: (options: BuildOptions) => Promise<BuildResult>;
  isPossible: boolean;
};

export type ReleasesWorld = Omit<FleetWorld, "ask" | "remove"> & {
  releases: Releases;
  runner: ScriptedRunner;
  dataDir: string;
  /** Where the operator places files. */
  placed: string;
  download(address: string, headers?: Record<string, string>): Promise<Response>;
  runJobs(...names: string[]): Promise<void>;
  remove(): Promise<void>;
};

const BUILT_VERSION = "0.1.0";

/** The head of a file that can be an agent for Linux, and a content. */
export function linuxProgram(content: string, machine = 62): Buffer {
  const head = Buffer.alloc(64);
  head.write("\x7fELF", "latin1");
  head.writeUInt16LE(machine, 18);
  return Buffer.concat([head, Buffer.from(content)]);
}

/** What a build puts into its folder. */
export async function builtResult(
  { folder }: Pick<BuildOptions, "folder">,
  content: string,
): Promise<BuildResult> {
  const file = path.join(folder, "agent");
  await writeFile(file, linuxProgram(content));
  return { kind: "built", file, version: BUILT_VERSION, sources: `sources of ${content}` };
}

/** Releases behind the real app, with builds that the test scripts. */
export async function startReleases(dialect: Dialect, maxHeldMs = 20_000): Promise<ReleasesWorld> {
  const world = await startFleet(dialect);
  const dataDir = await mkdtemp(path.join(tmpdir(), "muster-releases-"));
  const root = path.join(dataDir, "installation");
  await mkdir(root);
  const runner: ScriptedRunner = {
    builds: [],
    isPossible: true,
    canBuild: () => runner.isPossible,
    act: (options) => builtResult(options, `build ${runner.builds.length}`),
    run(options) {
      runner.builds.push(options);
      return runner.act(options);
    },
  };
  const releases = createReleases({
    store: world.store,
    clock: world.clock,
    log: pino({ level: "silent" }),
    makeId: createUuidV7Factory(world.clock.now),
    identity: world.identity,
    dataDir,
    root,
    buildsOwnAgent: true,
    runner,
    maxHeldMs,
  });
  const app = createApp({ ...world.appOptions, routes: releases.routes });
  return {
    ...world,
    releases,
    runner,
    dataDir,
    placed: path.join(dataDir, "agents"),
    download: async (address, headers = {}) => app.request(address, { headers }),
    async runJobs(...names) {
      for (const job of releases.jobs) {
        if (names.includes(job.name)) await job.run(new AbortController().signal);
      }
    },
    async remove() {
      await releases.stop();
      await world.remove();
      await rm(dataDir, { recursive: true });
    },
  };
}
