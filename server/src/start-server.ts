import { hostname } from "node:os";
import { explainError } from "@muster/shared/system-errors.ts";
import packageFile from "../package.json" with { type: "json" };
import { reportReady } from "./report-ready.ts";
import { compose } from "./compose.ts";
import { systemClock } from "./platform/clock.ts";
import { type Configuration, publicUrlOf } from "./platform/config/configuration.ts";
import { ConfigurationError, loadConfiguration } from "./platform/config/load-configuration.ts";
import { listNetworkAddresses } from "./platform/config/network-addresses.ts";
import { createTrustedProxies } from "./platform/http/client-address.ts";
import type { ConnectionTimeouts } from "./platform/http/connection-timeouts.ts";
import { listen } from "./platform/http/http-server.ts";
import type { Logger } from "./platform/logging/logger.ts";
import { type OpenLog, openLog } from "./platform/logging/open-log.ts";
import { ensurePrivateFolder } from "./platform/private-file.ts";
import { StartError } from "./platform/start-error.ts";
import { maintainSelfMadeTls, selfMadeTlsFiles } from "./platform/tls/self-made-tls.ts";
import { stopOnSignals } from "./stop-on-signals.ts";

/** Time for running requests to end. Shorter than the time that the launcher grants for the whole stop. */
const MAX_REQUEST_DRAIN_MS = 3_000;

/** What a test of the whole process may change. */
export type StartOptions = { timeouts?: Partial<ConnectionTimeouts> };

/** Runs the server of this process until a signal stops it. Prints why and exits with 1 when it cannot start. */
export async function startServer(options: StartOptions = {}): Promise<void> {
  try {
    await start(options);
  } catch (error) {
    process.stderr.write(`${startFailureText(error)}\n`);
    process.exit(1);
  }
}

async function start({ timeouts }: StartOptions): Promise<void> {
  const configuration = loadConfiguration();
  const { log, close: closeLog } = openServerLog(configuration);
  const { host, tls } = configuration;
  const selfMadeTls = tls?.isSelfMade
    ? await maintainSelfMadeTls(selfMadeTlsOptions(configuration, log))
    : null;
  const http = await listen({
    port: configuration.port,
    host,
    tls,
    trustedProxies: createTrustedProxies(configuration.trustedProxies),
    maxConnectionsPerAddress: configuration.addressConnections,
    log,
    timeouts,
  });
  const { port } = http;
  const publicUrl = publicUrlOf({ ...configuration, port });
  const { version } = packageFile;
  const server = await compose({ configuration, port, publicUrl, version, log, clock: systemClock });
  const readyReport = {
    publicUrl,
    localUrl: localUrlOf(configuration, port, publicUrl),
    caFile: tls?.isSelfMade ? selfMadeTlsFiles(configuration.dataDir).authorityFile : null,
    setupUrl: await server.createSetupUrl(),
    enrolmentToken: process.connected ? await server.createLocalAgentToken() : null,
  };
  http.setListener(server.listener);
  stopOnSignals({
    log,
    async stop() {
      selfMadeTls?.stop();
      server.endStreams();
      await http.close(MAX_REQUEST_DRAIN_MS);
      await server.close();
    },
    closeLog,
  });
  log.info({ version, host, port, publicUrl }, "Muster is ready");
  if (!configuration.isLoopback && !tls && configuration.trustedProxies.length === 0) {
    log.warn(
      "The server speaks plain HTTP beyond this computer: anybody on the network path can read and change the traffic",
    );
  }
  if (configuration.trustedProxies.length > 0 && !publicUrl.startsWith("https:")) {
    log.warn(
      "There is a trusted proxy, but MUSTER_PUBLIC_URL is not https: the session cookie is sent without the Secure attribute",
    );
  }
  reportReady(readyReport);
  server.startBackgroundWork();
}

function openServerLog({ dataDir, logLevel }: Configuration): OpenLog {
  const isHumanReadable = process.stdout.isTTY || process.send !== undefined;
  const folder = `${dataDir}/logs`;
  try {
    ensurePrivateFolder(dataDir);
    return openLog({ level: logLevel, folder, isHumanReadable, stdout: process.stdout });
  } catch (error) {
    if (error instanceof StartError) throw error;
    throw new StartError(
      `The data folder ${dataDir} is not writable: give this user write access, or set MUSTER_DATA_DIR.`,
      {
        cause: error,
      },
    );
  }
}

/** What the self-made certificate names: what the public URL names, and everything by which this computer may be reached. */
function selfMadeTlsOptions(configuration: Configuration, log: Logger) {
  const isName = (name: string) => /^([a-z\d.-]+|[\da-f:]+)$/i.test(name);
  const listNames = () =>
    [
      new URL(publicUrlOf(configuration)).hostname.replace(/^\[|\]$/g, ""),
      "localhost",
      hostname(),
      ...configuration.allowedHosts,
      "127.0.0.1",
      "::1",
      ...(configuration.isLoopback ? [] : listNetworkAddresses()),
    ].filter(isName);
  return { dataDir: configuration.dataDir, listNames, now: systemClock.now, log };
}

/** Address of the server for the agent beside it. */
function localUrlOf({ host, tls }: Configuration, port: number, publicUrl: string): string {
  if (tls === null) return `http://${localHostOf(host)}:${port}`;
  return tls.isSelfMade ? `https://localhost:${port}` : publicUrl;
}

/** Host under which this machine reaches its own server. */
function localHostOf(host: string): string {
  if (host === "0.0.0.0" || host === "::" || host === "localhost") return "127.0.0.1";
  return host.includes(":") ? `[${host}]` : host;
}

function startFailureText(error: unknown): string {
  if (error instanceof StartError || error instanceof ConfigurationError) return error.message;
  const explained = explainError(error);
  // A bug needs the place where it happened; a full disk does not.
  if (!(error instanceof Error) || explained !== error.message) return `Muster could not start: ${explained}`;
  return `Muster could not start: ${error.stack ?? error.message}`;
}
