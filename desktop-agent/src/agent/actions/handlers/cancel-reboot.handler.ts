import type { ActionHandler } from "../action-handler.ts";
import { errorEnd } from "../action-outcome.ts";

export const cancelRebootHandler: ActionHandler<"cancel-reboot"> = {
  async run(_payload, _job, { reboots, countdowns }) {
    const outcome = await reboots.cancel();
    if (outcome.kind === "failed") return errorEnd("failed", outcome.reason);
    if (outcome.kind === "none-scheduled") return { outcome: "done", result: { wasScheduled: false } };
    for (const callOff of countdowns) callOff();
    return { outcome: "done", result: { wasScheduled: true } };
  },
};
