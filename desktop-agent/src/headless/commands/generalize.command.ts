import { forgetDevice } from "../../agent/forget-device.ts";
import { findRunning } from "../../agent/run-lock.ts";
import { type CommandResult, done, failed } from "../command-result.ts";
import type { Context } from "../../agent-host/context.ts";

/** Makes the installation ready to be copied as an image: nothing of this device stays. */
export async function generalizeCommand({ platform, home }: Context): Promise<CommandResult> {
  const pid = await findRunning(platform.files, platform.processes, home);
  if (pid !== null) return failed("running", `an agent runs here (pid ${pid}): stop the service first`);
  await forgetDevice(platform.files, home);
  return done(
    "Generalized: identity, credential, waiting samples and logs are gone. The image can be taken.",
    {
      generalized: true,
    },
  );
}
