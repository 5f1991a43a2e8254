import { pino } from "pino";
import { compose, type Server } from "../../server/src/compose.ts";
import { systemClock } from "../../server/src/platform/clock.ts";
import { loadConfiguration } from "../../server/src/platform/config/load-configuration.ts";
import { listen } from "../../server/src/platform/http/http-server.ts";

export type ComposedServer = {
  /** Where it listens, which is not the public URL behind a proxy. */
  url: string;
  routes: Server["routes"];
  createSetupUrl: Server["createSetupUrl"];
  close(): Promise<void>;
};

/** The whole server in this process, as `main.ts` puts it together, on a port of its own. */
export async function startComposedServer(environment: Record<string, string>): Promise<ComposedServer> {
  const configuration = loadConfiguration({ ...environment, NODE_ENV: "test" });
  const log = pino({ level: "silent" });
  const http = await listen({ port: 0, host: "127.0.0.1", tls: null, log });
  const url = `http://127.0.0.1:${http.port}`;
  const server = await compose({
    configuration,
    port: http.port,
    publicUrl: configuration.publicUrl ?? url,
    version: "0.0.0-test",
    log,
    clock: systemClock,
  });
  http.setListener(server.listener);
  return {
    url,
    routes: server.routes,
    createSetupUrl: server.createSetupUrl,
    async close() {
      server.endStreams();
      await http.close(1000);
      await server.close();
    },
  };
}
