import type { AgentOffer, AgentSystem } from "@muster/shared/contracts/artefact.ts";
import type { Actor, Audit, ServerAdmins } from "../../identity/index.ts";
import type { Store } from "../../platform/database/store.ts";
import { MusterError } from "../../platform/errors.ts";
import type { Artefacts } from "./artefacts.service.ts";
import type { Builds } from "./builds.service.ts";

type Requester = { orgId: string; userId: string; actor: Actor; requestId: string };

/**
 * Starts a build that a server administrator requested, and does not wait for it. Throws `forbidden` for others and `conflict` where
 * nothing can be built.
 */
export type RequestBuild = (system: AgentSystem, requester: Requester) => Promise<AgentOffer>;

export function createRequestBuild(deps: {
  store: Store;
  audit: Audit;
  serverAdmins: ServerAdmins;
  artefacts: Artefacts;
  builds: Builds;
}): RequestBuild {
  const { store, audit, serverAdmins, artefacts, builds } = deps;
  return async (system, { orgId, userId, actor, requestId }) => {
    await serverAdmins.require(userId);
    if (!builds.canBuild()) {
      throw new MusterError(
        "conflict",
        "This server cannot build agents, because its package has no sources of them. Add the agent's file.",
      );
    }
    await store.transaction((tx) =>
      audit.record(tx, {
        orgId,
        actor,
        action: "agent.build-requested",
        subject: { type: "agent", id: system, name: system },
        requestId,
      }),
    );
    // It handles its own failures.
    void builds.request(system);
    return artefacts.describe(system);
  };
}
