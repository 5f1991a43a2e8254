import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export type PathProxy = {
  /** The public URL of the server behind it. */
  url: string;
  /** Sets the server, which has to know the public URL before it can start. */
  forwardTo(serverUrl: string): void;
  /** Targets outside the path: a page that asks for one is not below the path. */
  readonly strayTargets: readonly string[];
  close(): Promise<void>;
};

/** A proxy that publishes a server below a path, and either keeps the path in what it forwards or removes it. */
export async function startPathProxy(path: string, style: "keeps" | "removes"): Promise<PathProxy> {
  const strayTargets: string[] = [];
  let target: URL | null = null;

  function forward(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const { url = "/", method, headers } = incoming;
    if (!target || !(url === path || url.startsWith(`${path}/`))) {
      strayTargets.push(url);
      outgoing.writeHead(404).end("Another application");
      return;
    }
    const kept = style === "keeps" ? url : url.slice(path.length) || "/";
    const { hostname, port } = target;
    const call = request({ hostname, port, method, path: kept, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
      outgoing.flushHeaders();
      answer.pipe(outgoing);
    });
    call.on("error", () => outgoing.destroy());
    outgoing.on("close", () => call.destroy());
    incoming.pipe(call);
  }

  const server = createServer(forward);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://localhost:${port}${path}`,
    forwardTo(serverUrl) {
      target = new URL(serverUrl);
    },
    strayTargets,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
