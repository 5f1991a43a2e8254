import { createHash } from "node:crypto";
import { createReadStream, existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { Readable } from "node:stream";
import { AGENT_SYSTEMS, AgentSystem } from "@muster/shared/contracts/artefact.ts";
import { z } from "zod";
import { MusterError } from "../platform/errors.ts";
import { type Route, route } from "../platform/http/route.ts";
import type { ArtefactCatalog, ReadyArtefact } from "./artefacts/artefact-catalog.ts";

export { createInstall, type Install } from "./install/index.ts";
export { type PublicAddress, publicAddressOf } from "./install/public-address.ts";

/** The agents that an operator placed in the data folder. */
export function createReleases({ dataDir }: { dataDir: string }): {
  routes: Route[];
  catalog: ArtefactCatalog;
} {
  const read = (system: (typeof AGENT_SYSTEMS)[number]): ReadyArtefact | null => {
    const file = path.join(dataDir, "agents", system);
    if (!existsSync(file)) return null;
    const bytes = readFileSync(file);
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    return {
      kind: "ready",
      system,
      version: "0.1.0",
      sizeBytes: bytes.length,
      sha256,
      origin: "placed-by-operator",
      file,
    };
  };
  const current: ArtefactCatalog["current"] = async (system) =>
    read(system) ?? { kind: "none", system, reason: "No file was placed." };
  const bySha256: ArtefactCatalog["bySha256"] = async (system, sha256) => {
    const found = read(system);
    return found?.sha256 === sha256 ? found : null;
  };
  const download = route(
    {
      method: "get",
      path: "/install/agent/{system}",
      summary: "An agent",
      group: "Agents",
      access: { by: "public" },
      params: z.object({ system: AgentSystem }),
      query: z.object({ sha256: z.string().optional() }),
      status: 200,
      errors: ["not-found"],
    },
    async ({ params, query, context }) => {
      const found = query.sha256 ? await bySha256(params.system, query.sha256) : read(params.system);
      if (!found) throw new MusterError("not-found", "There is no such agent.");
      const body: ReadableStream = Readable.toWeb(createReadStream(found.file)) as never;
      return context.body(body, 200, {
        "content-type": "application/octet-stream",
        "content-length": String(found.sizeBytes),
      });
    },
  );
  return { routes: [download], catalog: { current, whenReady: current, bySha256 } };
}
