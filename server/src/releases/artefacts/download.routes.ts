import { open } from "node:fs/promises";
import { agentFileName } from "@muster/shared/artefacts/agent-file-name.ts";
import { AgentDownload, AgentDownloadQuery, type AgentSystem } from "@muster/shared/contracts/artefact.ts";
import { MusterError } from "../../platform/errors.ts";
import { type Route, route } from "../../platform/http/route.ts";
import { API_HEADERS } from "../../platform/http/security-headers.ts";
import type { ArtefactCatalog, ReadyArtefact } from "./artefact-catalog.ts";
import type { DownloadSlots } from "./download-slots.ts";

/** Shorter than the two minutes after which proxies and clients give up. */
const DEFAULT_HELD_MS = 110_000;
const RETRY_AFTER_S = 30;
/** So that slow clients do not keep their slots: 110 MB at 60 KB/s. */
const MAX_DOWNLOAD_MS = 1_800_000;

export function createDownloadRoutes({
  catalog,
  slots,
  maxHeldMs = DEFAULT_HELD_MS,
}: {
  catalog: ArtefactCatalog;
  slots: DownloadSlots;
  maxHeldMs?: number | undefined;
}): Route[] {
  return [
    route(
      {
        method: "get",
        path: "/install/agent/{system}",
        operationId: "downloadAgent",
        summary: "Download an agent; waits up to 110 s while it is being built",
        group: "Installation",
        access: { by: "public" },
        params: AgentDownload,
        query: AgentDownloadQuery,
        answerType: "application/octet-stream",
        isConditional: true,
        status: 200,
        errors: ["not-found", "rate-limited", "unavailable"],
        countRequest: async ({ address }) => slots.count(address),
      },
      async (request) => {
        const { params, query, address, signal, context } = request;
        const { system } = params;
        const { sha256 } = query;
        const slot = slots.take(address);
        try {
          const held = AbortSignal.any([signal, AbortSignal.timeout(maxHeldMs)]);
          const artefact = await (sha256 === undefined
            ? currentArtefact(catalog, system, held)
            : artefactOf(catalog, system, sha256));
          const headers = headersOf(artefact);
          const isHead = context.req.method === "HEAD";
          if (isHead || request.header("if-none-match") === headers.etag) {
            slot.release();
            return new Response(null, { status: isHead ? 200 : 304, headers });
          }
          return new Response(await bodyOf(artefact, slot.release), { headers });
        } catch (error) {
          slot.release();
          throw error;
        }
      },
    ),
  ];
}

async function currentArtefact(
  catalog: ArtefactCatalog,
  system: AgentSystem,
  held: AbortSignal,
): Promise<ReadyArtefact> {
  const state = await catalog.whenReady(system, held);
  switch (state.kind) {
    case "ready":
      return state;
    case "building":
      throw new MusterError("unavailable", "This agent is still being built. Try again.", {
        retryAfterS: RETRY_AFTER_S,
      });
    case "none":
      throw new MusterError("not-found", state.reason);
  }
}

async function artefactOf(
  catalog: ArtefactCatalog,
  system: AgentSystem,
  sha256: string,
): Promise<ReadyArtefact> {
  const artefact = await catalog.bySha256(system, sha256);
  if (artefact) return artefact;
  throw new MusterError("not-found", "This agent is no longer offered. Copy a new install line.");
}

function headersOf({ system, version, sizeBytes, sha256 }: ReadyArtefact) {
  return {
    ...API_HEADERS,
    "content-type": "application/octet-stream",
    "content-length": String(sizeBytes),
    "content-disposition": `attachment; filename="${agentFileName({ version, system })}"`,
    "cache-control": "no-cache",
    etag: `"${sha256}"`,
  };
}

/** @param release called when the download has ended, however it ended */
async function bodyOf({ file }: ReadyArtefact, release: () => void): Promise<ReadableStream<Uint8Array>> {
  const handle = await open(file, "r");
  const stream = handle.createReadStream({ signal: AbortSignal.timeout(MAX_DOWNLOAD_MS) });
  // The client sees an answer that is too short.
  stream.once("error", release);
  stream.once("close", release);
  const chunks: AsyncIterator<Buffer<ArrayBuffer>> = stream[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await chunks.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: () => void stream.destroy(),
  });
}
