import { once } from "node:events";
import http from "node:http";
import https from "node:https";
import { createServer } from "node:net";
import { text } from "node:stream/consumers";
import { ServerHealth } from "@muster/shared/contracts/server-health.ts";
import { systemErrorCode } from "../../platform/start-error.ts";
import { type Check, fail, type Finding, ok } from "./check.ts";

const MAX_ANSWER_MS = 3000;

/** Checks that the port is free or used by Muster. */
export const portCheck: Check = {
  name: "port",
  async run({ configuration: { host, port, tls } }) {
    const address = `${host}:${port}`;
    const problem = await tryToListen(host, port);
    if (problem === null) return ok(`${address} is free`);
    if (problem === "EADDRINUSE")
      return checkPortUser(address, `${tls === null ? "http" : "https"}://${urlHost(host)}:${port}`);
    if (problem === "EACCES")
      return fail(`${address} cannot be opened by this account`, "set MUSTER_PORT to 1024 or higher");
    return fail(`${address} cannot be opened: ${problem}`, "check MUSTER_HOST and MUSTER_PORT");
  },
};

/** Null on success, or else the error code of the system. */
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
    const answer = await askHealth(`${baseUrl}/api/health`);
    if (ServerHealth.safeParse(JSON.parse(answer.body)).success) {
      return answer.status === 200
        ? ok(`${place} is used by Muster, which is healthy`)
        : fail(`${place} is used by Muster, which is not healthy`, "see its log");
    }
  } catch {
    // Without an answer of Muster it is another program, whatever the error.
  }
  return fail(`${place} is in use by another program`, "stop it, or set MUSTER_PORT to another port");
}

/** Whoever listens on this computer's own port may have any certificate: only what it says of its health counts. */
async function askHealth(url: string): Promise<{ status: number; body: string }> {
  const options = { signal: AbortSignal.timeout(MAX_ANSWER_MS), rejectUnauthorized: false };
  const call = url.startsWith("https:") ? https.get(url, options) : http.get(url, options);
  const answer: unknown = (await once(call, "response"))[0];
  if (!(answer instanceof http.IncomingMessage)) throw new Error("There is no answer.");
  return { status: answer.statusCode ?? 0, body: await text(answer) };
}

/** Host for a URL. A wildcard address becomes loopback. */
function urlHost(host: string): string {
  if (host === "0.0.0.0") return "127.0.0.1";
  if (host === "::") return "[::1]";
  return host.includes(":") ? `[${host}]` : host;
}
