import type { Context } from "../../agent-host/context.ts";
import { leaveServer } from "../../agent-host/leave-server.ts";
import { type CommandResult, done, failed } from "../command-result.ts";

/** With `force` the device is forgotten here although the server was not reached. */
export async function leaveCommand(context: Context, options: { force?: boolean }): Promise<CommandResult> {
  const result = await leaveServer(context, { force: options.force === true });
  switch (result.kind) {
    case "left":
      return done(
        result.isServerInformed
          ? "Left. The server keeps the history."
          : "Left on this machine only; the server was not informed.",
        { deviceId: result.deviceId, serverKnows: result.isServerInformed },
      );
    case "not-enrolled":
      return failed("notEnrolled", "This device is not enrolled.");
    case "refused":
      return failed("refused", `The server refused: ${result.reason}`);
    case "unreached":
      return failed("unreached", `${result.reason} Use --force to leave without informing the server.`);
  }
}
