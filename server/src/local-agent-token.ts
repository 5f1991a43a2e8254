import { existsSync } from "node:fs";
import path from "node:path";
import { type Identity, systemActor } from "./identity/index.ts";

/** Where the launcher keeps the agent of the server's own machine, and what that agent has once it is enrolled. */
const LOCAL_AGENT_IDENTITY = path.join("agent", "identity.json");

/** Makes a token of one hour and one use for the agent beside this server, unless that is enrolled already. */
export function createLocalAgentToken({
  dataDir,
  identity,
}: {
  dataDir: string;
  identity: Pick<Identity, "organizations" | "enrolmentTokens">;
}): () => Promise<string | null> {
  return async () => {
    if (existsSync(path.join(dataDir, LOCAL_AGENT_IDENTITY))) return null;
    const { id } = await identity.organizations.ensureFirst();
    const wanted = {
      name: "This computer",
      validHours: 1,
      maxUses: 1,
      needsApproval: false,
      customer: null,
      tags: [],
    };
    const { secret } = await identity.enrolmentTokens.create(id, wanted, {
      actor: systemActor,
      requestId: null,
    });
    return secret;
  };
}
