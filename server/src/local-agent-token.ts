import { existsSync } from "node:fs";
import path from "node:path";
import { type Identity, systemActor } from "./identity/index.ts";
import { wholeOrganization } from "./platform/tenant.ts";

/** Identity file of the agent that the launcher runs beside the server; it exists once that agent is enrolled. */
const LOCAL_AGENT_IDENTITY = path.join("agent", "identity.json");

/** Returns a function that creates a token for the agent beside this server, valid for one hour and one use; null when it is enrolled. */
export function prepareLocalAgentToken({
  dataDir,
  identity,
}: {
  dataDir: string;
  identity: Pick<Identity, "organizations" | "enrolmentTokens">;
}): () => Promise<string | null> {
  return async () => {
    if (existsSync(path.join(dataDir, LOCAL_AGENT_IDENTITY))) return null;
    const { id } = await identity.organizations.ensureFirst();
    const input = {
      name: "This computer",
      validHours: 1,
      maxUses: 1,
      needsApproval: false,
      customer: null,
      tags: [],
    };
    const { secret } = await identity.enrolmentTokens.create(wholeOrganization(id), input, {
      actor: systemActor,
      requestId: null,
    });
    return secret;
  };
}
