import type { ActionHandler } from "../action-handler.ts";
import { errorEnd } from "../action-outcome.ts";

/** Calls off what the system has scheduled, and what only the agent counts down. */
export const cancelRebootHandler: ActionHandler<"cancel-reboot"> = {
  async run(_payload, _job, { reboots, countdowns }) {
    const waiting = [...countdowns].filter((countdown) => !countdown.isWithSystem());
    const outcome = await reboots.cancel();
    const calledOff = outcome.kind === "cancelled" ? [...countdowns] : waiting;
    for (const { callOff } of calledOff) callOff();
    if (outcome.kind === "failed" && waiting.length < countdowns.size)
      return errorEnd("failed", outcome.reason);
    if (outcome.kind === "failed" && waiting.length === 0) return errorEnd("failed", outcome.reason);
    return { outcome: "done", result: { wasScheduled: outcome.kind === "cancelled" || waiting.length > 0 } };
  },
};
