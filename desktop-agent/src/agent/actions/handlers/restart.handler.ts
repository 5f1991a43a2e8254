import type { ActionHandler } from "../action-handler.ts";
import { errorEnd } from "../action-outcome.ts";

/** The agent restarts itself. That it runs again is the proof, so the next run tells it. */
export const restartHandler: ActionHandler<"restart"> = {
  async run(_payload, _job, { restartAgent }) {
    if (!restartAgent) return errorEnd("not-supported", "this agent cannot restart itself");
    restartAgent();
    return { outcome: "unfinished" };
  },
  async resume(_payload, _job, { agentVersion }) {
    return { outcome: "done", result: { agentVersion } };
  },
};
