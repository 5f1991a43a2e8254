import { enrolPatiently } from "../agent/identity/enrol-patiently.ts";
import type { Log } from "../agent/log.ts";
import type { Context } from "./context.ts";
import { findServerAddress } from "../transport/find-server-address.ts";

/** Enrols an unattended installation, whose configuration names server and token; tries again while the server is not reached. */
export async function enrolAsConfigured(context: Context, log: Log, signal: AbortSignal): Promise<void> {
  const { settings, platform } = context;
  const { server, enrolmentToken: token, caFile, pin, insecureHttp } = settings;
  if (!server || !token || signal.aborted) return;
  const found = await findServerAddress(platform.files, {
    url: server,
    caFile,
    pin,
    insecureHttp,
    proxyFor: context.proxyFor,
  });
  if (found.kind === "refused") return log.error(`Enrolment as configured: ${found.reason}`);
  const options = { server: found.address, token, replaces: false };
  const outcome = await enrolPatiently(context, options, {
    forMs: Number.POSITIVE_INFINITY,
    retriesUnreached: true,
    waits: (reason, waitMs) =>
      log.warn(`Enrolment as configured waits ${Math.ceil(waitMs / 1000)} s: ${reason}`),
    signal,
  });
  switch (outcome.kind) {
    case "enrolled":
    case "already-enrolled":
      return log.info(`Enrolled as configured, as ${outcome.identity.deviceId}.`);
    case "refused":
    case "unidentified":
      return log.error(`Enrolment as configured: ${outcome.reason}`);
    case "unreached": // The agent stops.
  }
}
