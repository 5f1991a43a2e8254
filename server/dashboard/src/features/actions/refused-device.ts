import type { QueuedActions } from "@muster/shared/contracts/action.ts";
import type { ErrorDetail } from "@muster/shared/errors.ts";

export type RefusedDevice = QueuedActions["refused"][number];

const REASONS: readonly RefusedDevice["reason"][] = ["not-found", "archived", "held", "approval-pending"];
const PATH = "deviceIds.";

/** When every device is refused the answer is an error, whose details name each device and its reason. */
export function refusedIn(details: readonly ErrorDetail[]): RefusedDevice[] {
  return details.flatMap(({ path, message }) => {
    const reason = REASONS.find((known) => known === message);
    return path.startsWith(PATH) && reason ? [{ deviceId: path.slice(PATH.length), reason }] : [];
  });
}
