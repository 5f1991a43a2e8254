import { readIdentity } from "../agent/identity/device-identity.ts";
import { forgetDevice } from "../agent/identity/forget-device.ts";
import { connect } from "../transport/connect.ts";
import type { Context } from "./context.ts";

export type LeaveResult =
  | { kind: "left"; deviceId: string; isServerInformed: boolean }
  | { kind: "not-enrolled" }
  | { kind: "refused"; reason: string }
  | { kind: "unreached"; reason: string };

/** Tells the server that this device leaves, then forgets it here; with `force` also when the server does not accept it. */
export async function leaveServer(context: Context, { force }: { force: boolean }): Promise<LeaveResult> {
  const { platform, home, random, proxyFor } = context;
  const stored = await readIdentity(platform.files, home);
  if (stored.kind !== "enrolled") return { kind: "not-enrolled" };
  const { server, credential, deviceId } = stored.identity;
  const client = connect(server, credential, { clock: platform.clock, random, proxyFor });
  const outcome = await client.leave();
  client.disconnect();
  // A credential that is no longer valid has left already.
  const isLeft =
    outcome.kind === "left" || (outcome.kind === "refused" && outcome.error.code === "unauthenticated");
  if (!isLeft && !force) {
    return outcome.kind === "refused"
      ? { kind: "refused", reason: outcome.error.message }
      : { kind: "unreached", reason: outcome.reason };
  }
  await forgetDevice(platform.files, home);
  return { kind: "left", deviceId, isServerInformed: isLeft };
}
