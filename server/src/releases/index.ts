import path from "node:path";
import { agentSystemOf } from "@muster/shared/artefacts/agent-system.ts";
import type { AgentOffer, AgentSystem } from "@muster/shared/contracts/artefact.ts";
import type { Audit, ServerAdmins } from "../identity/index.ts";
import type { Clock } from "../platform/clock.ts";
import type { MakeId } from "../platform/crypto/ids.ts";
import type { Store } from "../platform/database/store.ts";
import type { Route } from "../platform/http/route.ts";
import type { Job } from "../platform/jobs/job.ts";
import type { Logger } from "../platform/logging/logger.ts";
import type { ArtefactCatalog } from "./artefacts/artefact-catalog.ts";
import { createArtefactFiles } from "./artefacts/artefact-files.ts";
import { createArtefactFolder } from "./artefacts/artefact-folder.ts";
import { createArtefactOffers } from "./artefacts/artefact-catalog.service.ts";
import { systemsToBuild } from "./artefacts/artefact-rules.ts";
import { createArtefactJobs } from "./artefacts/artefact.jobs.ts";
import { createArtefactRegister } from "./artefacts/artefact-register.ts";
import { createArtefactRoutes } from "./artefacts/artefact.routes.ts";
import { type Artefacts, createArtefacts } from "./artefacts/artefacts.service.ts";
import { createBuilds } from "./artefacts/builds.service.ts";
import { createDownloadRoutes } from "./artefacts/download.routes.ts";
import { createDownloadSlots } from "./artefacts/download-slots.ts";
import { createRequestBuild } from "./artefacts/request-build.service.ts";
import { type BuildRunner, createBuildRunner } from "./artefacts/run-build.ts";
import { createTrayInstallers } from "./artefacts/tray-installers.ts";

export { createInstall } from "./install/index.ts";
export { type PublicAddress, publicAddressOf } from "./install/public-address.ts";

export type ReleasesDeps = {
  store: Store;
  clock: Clock;
  makeId: MakeId;
  log: Logger;
  identity: { audit: Audit; serverAdmins: ServerAdmins };
  dataDir: string;
  /** Folder of the installation: a clone, or what a package made of one. */
  root: string;
  /** Whether this server builds the agent for its own system after its start. */
  buildsOwnAgent: boolean;
  /** In place of a process; for tests. */
  runner?: BuildRunner;
  /** How long a download waits for a build; 110 s unless given. */
  maxHeldMs?: number;
};

export type Releases = {
  routes: Route[];
  jobs: Job[];
  catalog: ArtefactCatalog;
  artefacts: Artefacts;
  /** Builds the agent for a system. Resolves when the build has ended. */
  build(system: AgentSystem): Promise<AgentOffer>;
  /** Looks for agents and builds those that are out of date, in the background. To be called when the server is ready. */
  start(): void;
  /** Ends builds. */
  stop(): Promise<void>;
};

/** The agents that this server offers for download. */
export function createReleases(deps: ReleasesDeps): Releases {
  const { store, clock, makeId, log, dataDir, root, buildsOwnAgent } = deps;
  const files = createArtefactFiles(dataDir);
  const register = createArtefactRegister({ store, files, clock, makeId });
  const builds = createBuilds({
    files,
    register,
    runner: deps.runner ?? createBuildRunner(root),
    clock,
    log,
  });
  const offers = createArtefactOffers({ files, register, builds });
  const placed = createArtefactFolder({
    folder: files.placedFolder,
    origin: "placed-by-operator",
    register,
    clock,
    log,
  });
  // What a package has ready, so that its server needs no build.
  const shipped = createArtefactFolder({
    folder: path.join(root, "agents"),
    origin: "built-by-server",
    register,
    clock,
    log,
  });
  const trayInstallers = createTrayInstallers([files.placedFolder, path.join(root, "dist", "packages")]);
  const artefacts = createArtefacts({ files, offers, builds, placed, trayInstallers });
  const requestBuild = createRequestBuild({ store, ...deps.identity, artefacts, builds });

  async function build(system: AgentSystem): Promise<AgentOffer> {
    await builds.request(system);
    return artefacts.describe(system);
  }

  async function scan(): Promise<void> {
    await shipped.scan(true);
    await placed.scan();
  }

  /** The own system's build is under way from the beginning, so that the first download waits for it. */
  async function bringUpToDate(): Promise<void> {
    const scanned = scan();
    if (!buildsOwnAgent || !builds.canBuild()) return scanned;
    const own = agentSystemOf(process);
    const findDue = async () => {
      await scanned;
      return systemsToBuild(await register.read(), own);
    };
    if (own !== undefined) void builds.request(own, async () => (await findDue()).includes(own));
    for (const system of await findDue()) if (system !== own) void builds.request(system);
  }

  return {
    routes: [
      ...createDownloadRoutes({
        catalog: offers,
        slots: createDownloadSlots(clock),
        maxHeldMs: deps.maxHeldMs,
      }),
      ...createArtefactRoutes({ artefacts, requestBuild }),
    ],
    jobs: createArtefactJobs({ folders: [shipped, placed], register }),
    catalog: offers,
    artefacts,
    build,
    start() {
      bringUpToDate().catch((error: unknown) => {
        log.error({ err: error }, "The agents for download could not be brought up to date");
      });
    },
    stop: () => builds.stop(),
  };
}
