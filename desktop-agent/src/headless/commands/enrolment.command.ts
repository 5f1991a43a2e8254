import { terminalLine } from "@muster/shared/unsafe-characters.ts";
import type { Context } from "../../agent-host/context.ts";
import { findServerAddress } from "../../transport/find-server-address.ts";
import { leaveServer } from "../../agent-host/leave-server.ts";
import type { enrol } from "../../agent/identity/enrol.ts";
import { enrolPatiently } from "../../agent/identity/enrol-patiently.ts";
import { forgetDevice } from "../../agent/identity/forget-device.ts";
import { type ConfigText, readConfigText } from "../../agent/config-text.ts";
import { findRunningAgent } from "../../agent/state/run-lock.ts";
import { type CommandResult, done, failed } from "../command-result.ts";

export type EnrolOptions = {
  server?: string;
  tokenFile?: string;
  tokenStdin?: boolean;
  caFile?: string;
  pin?: string;
  insecureHttp?: boolean;
  force?: boolean;
};

/** A server that asks to wait is tried again for this long. */
const PATIENCE_MS = 5 * 60_000;

/** Joins this machine to a server. `readStdin` gives the whole standard input; `note` shows why it takes longer. */
export async function enrolCommand(
  context: Context,
  options: EnrolOptions,
  readStdin: () => Promise<string>,
  note: (line: string) => void,
): Promise<CommandResult> {
  const { settings, platform } = context;
  const url = options.server ?? settings.server;
  if (!url) return failed("usage", "No server is given. Use --server URL.");
  const token = await readToken(context, options, readStdin);
  if (token.kind === "unreadable") return failed("usage", `The enrolment token ${token.reason}`);
  if (token.text === "") {
    return failed(
      "usage",
      "No enrolment token is given. Use --token-file, --token-stdin or MUSTER_ENROL_TOKEN.",
    );
  }
  const found = await findServerAddress(platform.files, {
    url,
    caFile: options.caFile ?? settings.caFile,
    pin: options.pin ?? settings.pin,
    insecureHttp: options.insecureHttp ?? settings.insecureHttp,
    proxyFor: context.proxyFor,
  });
  if (found.kind === "refused") return failed("usage", found.reason);
  const request = { server: found.address, token: token.text, replaces: options.force === true };
  const outcome = await enrolPatiently(context, request, {
    forMs: PATIENCE_MS,
    retriesUnreached: false,
    waits: (reason, waitMs) => note(`${terminalLine(reason)} Trying again in ${Math.ceil(waitMs / 1000)} s.`),
  });
  return tell(outcome);
}

/** The text is empty where no token is given. */
async function readToken(
  context: Context,
  options: EnrolOptions,
  readStdin: () => Promise<string>,
): Promise<ConfigText> {
  if (options.tokenStdin) return trimmed(readConfigText(await readStdin()));
  if (options.tokenFile)
    return trimmed(readConfigText((await context.platform.files.read(options.tokenFile)) ?? ""));
  return { kind: "text", text: context.settings.enrolmentToken ?? "" };
}

const trimmed = (read: ConfigText): ConfigText =>
  read.kind === "text" ? { kind: "text", text: read.text.trim() } : read;

function tell(outcome: Awaited<ReturnType<typeof enrol>>): CommandResult {
  switch (outcome.kind) {
    case "enrolled": {
      const { deviceId, server, organization } = outcome.identity;
      const to = organization.name === null ? "the organization" : terminalLine(organization.name);
      const waits = outcome.isApproved ? "" : " It waits for approval by a technician.";
      return done(`Enrolled with ${to} at ${server.url} as ${deviceId}.${waits}`, {
        deviceId,
        server: server.url,
        organization,
        approved: outcome.isApproved,
      });
    }
    case "already-enrolled":
      return failed(
        "failed",
        `This machine is already enrolled at ${outcome.identity.server.url}. Use --force to enrol it again, as another device.`,
      );
    case "refused":
      return failed("refused", `The server refused the enrolment: ${terminalLine(outcome.reason)}`);
    case "unreached":
      return failed("unreached", terminalLine(outcome.reason), outcome.cause);
    case "unidentified":
      return failed("failed", `This machine cannot be identified: ${outcome.reason}`);
  }
}

/** With `force` the device is forgotten here although the server was not reached. */
export async function leaveCommand(context: Context, options: { force?: boolean }): Promise<CommandResult> {
  const result = await leaveServer(context, { force: options.force === true });
  switch (result.kind) {
    case "left":
      return done(
        result.isServerInformed
          ? "This machine has left the server. The server keeps its history."
          : "This machine has left the server. The server was not informed.",
        { deviceId: result.deviceId, serverKnows: result.isServerInformed },
      );
    case "not-enrolled":
      return failed("notEnrolled", "This device is not enrolled.");
    case "refused":
      return failed("refused", `The server refused to remove the device: ${terminalLine(result.reason)}`);
    case "unreached":
      return failed(
        "unreached",
        `${terminalLine(result.reason)} To leave without informing the server, use --force.`,
      );
  }
}

/** Makes the installation ready to be copied as an image: nothing of this device stays. */
export async function generalizeCommand({ platform, home }: Context): Promise<CommandResult> {
  const pid = await findRunningAgent(platform.files, platform.processes, home);
  if (pid !== null) return failed("running", `An agent runs here (pid ${pid}). Stop the service first.`);
  await forgetDevice(platform.files, home);
  return done("Identity, credential, unsent samples and logs were removed. You can take the image now.", {
    generalized: true,
  });
}
