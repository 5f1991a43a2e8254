import type { ActionHandler, Job, PayloadOf } from "../action-handler.ts";
import { errorEnd } from "../action-outcome.ts";
import { countDown, handOver } from "./count-down.ts";
import type { RebootPlan } from "../../local-users/reboot-plan.ts";
import type { Clock } from "../../../platform/ports.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const NOT_PLANNED =
  "The agent stopped before the reboot was planned, or after it was cancelled. Nothing is scheduled.";

/**
 * The machine restarts. Only another boot id proves it: the run that planned it waits for the machine to go down, and the run after
 * it finds the other boot id, or the same one. With a tray open its user may move it; without one the system counts down.
 */
export const rebootHandler: ActionHandler<"reboot"> = {
  async run(payload, job, host) {
    const obstacle = await host.reboots.obstacle();
    if (obstacle !== null) return errorEnd("failed", obstacle);
    const localUsers = await host.localUsers.load();
    const plan = planOf(payload, job, host.clock);
    await localUsers.reboots.add(plan);
    const { delayMinutes } = payload;
    if (localUsers.users().length > 0) job.reportProgress("counting-down", delayMinutes * MINUTE_MS);
    else if (!job.cancelRequested.aborted) {
      const failure = await handOver(localUsers, job, plan, delayMinutes);
      if (failure !== null) return errorEnd("failed", failure);
    }
    return countDown(localUsers, job, host);
  },

  async resume(payload, job, host) {
    const localUsers = await host.localUsers.load();
    const { bootId, started } = job;
    if (bootId !== started.bootId) {
      await localUsers.reboots.remove(job.id);
      return { outcome: "done", result: { bootIdBefore: started.bootId, bootIdAfter: bootId } };
    }
    const { reboots } = localUsers;
    if (!reboots.find(job.id)) {
      // Nothing is given to the system before the disk has its plan: it was not planned yet, or called off.
      if (!reboots.areLost()) return errorEnd("interrupted", NOT_PLANNED);
      // It may be with the system: it is waited for, and never done again.
      await reboots.add({ ...planOf(payload, job, host.clock), isWithSystem: true });
    }
    await reboots.settle(job.id);
    reportPlan(reboots.find(job.id), planOf(payload, job, host.clock), job, host.clock);
    return countDown(localUsers, job, host);
  },
};

/** An earlier run may not have reported its last step, and the server waits no longer than the last report says. */
function reportPlan(plan: RebootPlan | undefined, asked: RebootPlan, job: Job, clock: Clock): void {
  if (!plan) return;
  const isPostponed = plan.dueSinceBootMs > asked.dueSinceBootMs;
  const inMs = Math.max(0, plan.dueSinceBootMs - clock.sinceBootMs());
  job.reportProgress(isPostponed ? "postponed" : "counting-down", inMs);
}

function planOf(payload: PayloadOf<"reboot">, job: Job, clock: Clock): RebootPlan {
  const { delayMinutes, message, postponements, postponableHours } = payload;
  const dueSinceBootMs = job.started.sinceBootMs + delayMinutes * MINUTE_MS;
  const latestSinceBootMs = job.started.sinceBootMs + (postponements > 0 ? postponableHours * HOUR_MS : 0);
  return {
    actionId: job.id,
    askedBy: job.askedBy,
    reason: message,
    bootId: job.bootId,
    dueSinceBootMs,
    latestSinceBootMs: Math.max(dueSinceBootMs, latestSinceBootMs),
    dueAtMs: Math.round(clock.wallMs() + dueSinceBootMs - clock.sinceBootMs()),
    postponementsLeft: postponements,
    isWithSystem: false,
    movesToSinceBootMs: null,
  };
}

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
