import { enrol } from "../agent/identity/enrol.ts";
import type { Log } from "../agent/log.ts";
import type { Context } from "./context.ts";
import { findServerAddress } from "../transport/find-server-address.ts";

const RETRY_MS = 60_000;

/** Enrols an unattended installation, whose configuration names server and token; tries again while the server is not reached. */
export async function enrolAsConfigured(context: Context, log: Log, signal: AbortSignal): Promise<void> {
  const { settings, platform } = context;
  const { server, enrolmentToken: token, caFile, pin, insecureHttp } = settings;
  if (!server || !token || signal.aborted) return;
  const found = await findServerAddress(platform.files, { url: server, caFile, pin, insecureHttp });
  if (found.kind === "refused") return log.error(`Enrolment as configured: ${found.reason}`);
  const outcome = await enrol(context, { server: found.address, token, replaces: false });
  switch (outcome.kind) {
    case "enrolled":
    case "already-enrolled":
      return log.info(`Enrolled as configured, as ${outcome.identity.deviceId}.`);
    case "refused":
    case "unidentified":
      return log.error(`Enrolment as configured: ${outcome.reason}`);
    case "unreached": {
      log.warn(`Enrolment as configured waits: ${outcome.reason}`);
      const cancel = platform.clock.after(RETRY_MS, () => void enrolAsConfigured(context, log, signal));
      signal.addEventListener("abort", cancel, { once: true });
    }
  }
}
