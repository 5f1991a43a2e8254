import { terminalLine } from "@muster/shared/unsafe-characters.ts";
import { enrol } from "../../agent/enrol.ts";
import { type CommandResult, done, failed } from "../command-result.ts";
import type { Context } from "../context.ts";
import { findAddress } from "../enrol-address.ts";

export type EnrolOptions = {
  server?: string;
  tokenFile?: string;
  tokenStdin?: boolean;
  caFile?: string;
  pin?: string;
  insecureHttp?: boolean;
  force?: boolean;
};

/** Joins this machine to a server. `readStdin` gives the whole standard input. */
export async function enrolCommand(
  context: Context,
  options: EnrolOptions,
  readStdin: () => Promise<string>,
): Promise<CommandResult> {
  const { settings, platform } = context;
  const url = options.server ?? settings.server;
  if (!url) return failed("usage", "which server? --server URL");
  const token = await readToken(context, options, readStdin);
  if (!token) {
    return failed("usage", "no enrolment token: give --token-file, --token-stdin or MUSTER_ENROL_TOKEN");
  }
  const found = await findAddress(platform.files, {
    url,
    caFile: options.caFile ?? settings.caFile,
    pin: options.pin ?? settings.pin,
    insecureHttp: options.insecureHttp ?? settings.insecureHttp,
  });
  if (found.kind === "refused") return failed("usage", found.reason);
  return tell(await enrol(context, { server: found.address, token, replaces: options.force === true }));
}

async function readToken(context: Context, options: EnrolOptions, readStdin: () => Promise<string>) {
  if (options.tokenStdin) return (await readStdin()).trim();
  if (options.tokenFile) return (await context.platform.files.read(options.tokenFile))?.trim();
  return context.settings.enrolmentToken;
}

function tell(outcome: Awaited<ReturnType<typeof enrol>>): CommandResult {
  switch (outcome.kind) {
    case "enrolled": {
      const { deviceId, server, organization } = outcome.identity;
      const to = organization.name === null ? "the organization" : terminalLine(organization.name);
      const waits = outcome.isApproved ? "" : " It waits for a person's approval.";
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
        `already enrolled at ${outcome.identity.server.url}; --force enrols anew, as another device`,
      );
    case "refused":
      return failed("refused", `the server refused: ${terminalLine(outcome.reason)}`);
    case "unreached":
      return failed("unreached", terminalLine(outcome.reason));
    case "unidentified":
      return failed("failed", `this machine cannot be told from others: ${outcome.reason}`);
  }
}
