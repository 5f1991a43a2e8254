import { once } from "node:events";
import { createServer } from "node:net";
import { ServerHealth } from "@muster/shared/contracts/server-health.ts";
import { systemErrorCode } from "../../platform/start-error.ts";
import { type Check, fail, type Finding, ok } from "./check.ts";

const MAX_ANSWER_MS = 3000;

/** The port is free, or Muster is what has it. */
export const portCheck: Check = {
  name: "port",
  async run({ configuration: { host, port, tls } }) {
    const address = `${host}:${port}`;
    const problem = await tryToListen(host, port);
    if (problem === null) return ok(`${address} is free`);
    if (problem === "EADDRINUSE")
      return checkPortUser(address, `${tls === null ? "http" : "https"}://${urlHost(host)}:${port}`);
    if (problem === "EACCES")
      return fail(
        `${address} may not be opened by this account`,
        "choose a port from 1024 up by MUSTER_PORT",
      );
    return fail(`${address} cannot be opened: ${problem}`, "see MUSTER_HOST and MUSTER_PORT");
  },
};

/** Null when it went well, else the system's code for why not. */
async function tryToListen(host: string, port: number): Promise<string | null> {
  const server = createServer();
  try {
    server.listen({ host, port, exclusive: true });
    await once(server, "listening");
    server.close();
    await once(server, "close");
    return null;
  } catch (error) {
    return systemErrorCode(error) ?? String(error);
  }
}

async function checkPortUser(place: string, baseUrl: string): Promise<Finding> {
  try {
    const answer = await fetch(`${baseUrl}/api/health`, { signal: AbortSignal.timeout(MAX_ANSWER_MS) });
    if (ServerHealth.safeParse(await answer.json()).success) {
      return answer.ok
        ? ok(`${place} answers: Muster runs here and is well`)
        : fail(`${place} answers: Muster runs here and is not well`, "see its log");
    }
  } catch {
    // Whatever does not answer as Muster is another program, however it fails.
  }
  return fail(`${place} is taken by another program`, "end it, or choose another port by MUSTER_PORT");
}

/** Somewhere to ask, for a host that may stand for all addresses. */
function urlHost(host: string): string {
  if (host === "0.0.0.0") return "127.0.0.1";
  if (host === "::") return "[::1]";
  return host.includes(":") ? `[${host}]` : host;
}
