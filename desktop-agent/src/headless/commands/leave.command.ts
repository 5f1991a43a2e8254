import { terminalLine } from "@muster/shared/unsafe-characters.ts";
import { readIdentity } from "../../agent/device-identity.ts";
import { forgetDevice } from "../../agent/forget-device.ts";
import { connect } from "../../transport/connect.ts";
import type { LeaveOutcome } from "../../transport/server-client.ts";
import { type CommandResult, done, failed } from "../command-result.ts";
import type { Context } from "../context.ts";

/** Tells the server that this device leaves, then forgets it here. With `force` it is forgotten although the server was not reached. */
export async function leaveCommand(context: Context, options: { force?: boolean }): Promise<CommandResult> {
  const { platform, home, random } = context;
  const stored = await readIdentity(platform.files, home);
  if (stored.kind !== "enrolled") return failed("notEnrolled", "this device is not enrolled");
  const { server, credential, deviceId } = stored.identity;
  const client = connect(server, credential, { clock: platform.clock, random });
  const outcome = await client.leave();
  client.disconnect();
  const problem = problemOf(outcome);
  if (problem && !options.force) return problem;
  await forgetDevice(platform.files, home);
  return done(problem ? "Left here; the server does not know." : "Left. The server keeps the history.", {
    deviceId,
    serverKnows: problem === null,
  });
}

function problemOf(outcome: LeaveOutcome): CommandResult | null {
  switch (outcome.kind) {
    case "left":
      return null;
    case "refused":
      // A credential that is not valid any more has left already.
      if (outcome.error.code === "unauthenticated") return null;
      return failed("refused", `the server refused: ${terminalLine(outcome.error.message)}`);
    case "not-sent":
    case "unknown":
      return failed(
        "unreached",
        `${terminalLine(outcome.reason)}; --force leaves without telling the server`,
      );
  }
}
