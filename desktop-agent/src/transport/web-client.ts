import type { Agent, ClientRequest } from "node:http";
import type { Duplex } from "node:stream";
import type { ProxyServer } from "./proxy.ts";
import type { ServerAddress } from "./server-address.ts";

type WebRequest = { method?: "GET" | "POST"; headers?: Record<string, string | number> };

/** Requests to one server over node:http or node:https, direct or through a proxy. */
export type WebClient = {
  isTls: boolean;
  request(path: string, options: WebRequest): ClientRequest;
  /** Closes kept connections. */
  disconnect(): void;
};

type Connections = { keepAlive: boolean; maxSockets?: number };

const TUNNEL_TIMEOUT_MS = 10_000;

/**
 * Certificates are always verified, end to end and against the pinned authority where there is one: a proxy only carries the bytes of
 * https. Plain http it forwards, and can read.
 */
export function createWebClient(
  address: Pick<ServerAddress, "url" | "caPem">,
  proxy: ProxyServer | null,
  { keepAlive, maxSockets = Number.POSITIVE_INFINITY }: Connections,
): WebClient {
  const isTls = address.url.startsWith("https:");
  // getBuiltinModule, since `import` of these modules runs lazy getters that load undici: 10 MiB of memory.
  const web = isTls ? process.getBuiltinModule("node:https") : process.getBuiltinModule("node:http");
  const trust = isTls && address.caPem !== null ? { ca: address.caPem } : {};
  const agent = new web.Agent({ keepAlive, maxSockets, maxFreeSockets: 2, ...trust });
  if (isTls && proxy !== null) tunnelThrough(agent, proxy, trust);

  return {
    isTls,
    request(path, options) {
      const url = address.url + path;
      if (isTls || proxy === null) return web.request(url, { agent, ...options });
      const { authorization } = proxy;
      const headers = {
        ...options.headers,
        host: new URL(url).host,
        ...(authorization !== null && { "proxy-authorization": authorization }),
      };
      return web.request({ agent, ...options, host: proxy.host, port: proxy.port, path: url, headers });
    },
    disconnect: () => agent.destroy(),
  };
}

/** Each new connection of the agent is TLS with the server, inside a tunnel of the proxy. */
function tunnelThrough(agent: Agent, proxy: ProxyServer, trust: { ca?: string }): void {
  const tls = process.getBuiltinModule("node:tls");
  const stream = process.getBuiltinModule("node:stream");
  agent.createConnection = (options, callback) => {
    // Node looks at no socket beside an error, though its types demand one.
    const failed = (error: Error) => callback?.(error, new stream.Duplex());
    const host = String(options.host);
    // The certificate is checked against the server's name; an address goes without one on the wire.
    const names = /[a-z]/i.test(host) && !host.includes(":") ? { host, servername: host } : { host };
    openTunnel(proxy, host, Number(options.port)).then((socket) => {
      const secured = tls.connect({ ...trust, ...names, socket });
      secured.once("error", failed);
      secured.once("secureConnect", () => {
        secured.off("error", failed);
        callback?.(null, secured);
      });
    }, failed);
    return undefined;
  };
}

/** A connection to host and port through the proxy. Rejects with what the proxy answers, or why it is not reached. */
export function openTunnel(proxy: ProxyServer, host: string, port: number): Promise<Duplex> {
  const http = process.getBuiltinModule("node:http");
  const target = `${host.includes(":") ? `[${host}]` : host}:${port}`;
  const { authorization } = proxy;
  return new Promise((resolve, reject) => {
    const call = http.request({
      host: proxy.host,
      port: proxy.port,
      method: "CONNECT",
      path: target,
      agent: false,
      timeout: TUNNEL_TIMEOUT_MS,
      headers: { host: target, ...(authorization !== null && { "proxy-authorization": authorization }) },
    });
    call.once("connect", (response, socket) => {
      if (response.statusCode === 200) {
        socket.setTimeout(0);
        return resolve(socket);
      }
      socket.destroy();
      reject(new Error(refusalOf(response.statusCode ?? 0)));
    });
    call.once("timeout", () => call.destroy(new Error("The proxy did not answer.")));
    call.on("error", (error: NodeJS.ErrnoException) =>
      reject(new Error(`The proxy cannot be reached (${error.code ?? error.message}).`)),
    );
    call.end();
  });
}

/** What an answer of the proxy itself means. */
export function refusalOf(status: number): string {
  if (status === 407)
    return "The proxy requires a user and a password, or does not accept the configured ones (407).";
  return `The proxy does not allow this connection (${status}).`;
}
