import { reboot } from "@muster/shared/actions/reboot.ts";
import type { ActionHost, HandlerEnd, Job, ResultOf } from "../action-handler.ts";
import { errorEnd } from "../action-outcome.ts";
import type { LocalUsers } from "../../local-users/local-users.ts";
import { FINAL_NOTICE_MS, nextStep, type PlanStep, type RebootPlan } from "../../local-users/reboot-plan.ts";
import { waitUntil } from "../../local-users/change-signal.ts";

type End = HandlerEnd<ResultOf<"reboot">>;

const MAX_OVERDUE_MS = reboot.timeoutS * 1000;
const END_BY = {
  "called-off": errorEnd("failed", "Another action cancelled the reboot."),
  "cancel-asked": { outcome: "cancelled" },
} as const;
/** Timers are set no further ahead than this, so that an instant is also met after a sleep. */
const MAX_WAIT_MS = 60_000;

/** Waits in the boot in which it was planned. Ends when it is called off, or when the machine should long have gone down. */
export async function countDown(localUsers: LocalUsers, job: Job, host: ActionHost): Promise<End> {
  const calledOff = new AbortController();
  const countdown = {
    isWithSystem: () => localUsers.reboots.find(job.id)?.isWithSystem ?? false,
    callOff: () => calledOff.abort(),
  };
  host.countdowns.add(countdown);
  try {
    const end = await followPlan(localUsers, job, host, calledOff.signal);
    if (end.outcome !== "unfinished") await localUsers.reboots.remove(job.id);
    return end;
  } finally {
    host.countdowns.delete(countdown);
  }
}

async function followPlan(
  localUsers: LocalUsers,
  job: Job,
  host: ActionHost,
  calledOff: AbortSignal,
): Promise<End> {
  const { clock } = host;
  const plans = localUsers.reboots;
  let signals: readonly (readonly ["stopping" | keyof typeof END_BY, AbortSignal])[] = [
    ["stopping", job.stopping],
    ["called-off", calledOff],
    ["cancel-asked", job.cancelRequested],
  ];
  for (;;) {
    const plan = plans.find(job.id);
    if (!plan) return errorEnd("failed", "The reboot is no longer planned.");
    // Also one that the system refused to cancel before, and that its user has moved since.
    if (job.cancelRequested.aborted && !plan.isWithSystem) return { outcome: "cancelled" };
    const isTrayOpen = localUsers.users().length > 0;
    const step = stepOf(plan, clock.sinceBootMs(), isTrayOpen);
    if (step.kind === "give-time") {
      await plans.giveTime(plan);
      job.reportProgress("counting-down", FINAL_NOTICE_MS);
      continue;
    }
    if (step.kind === "hand-over") {
      const failure = await handOver(localUsers, job, plan, step.delayMinutes);
      if (failure !== null) return errorEnd("failed", failure);
      continue;
    }
    const isAnother = () =>
      plans.find(job.id) !== plan ||
      localUsers.users().length > 0 !== isTrayOpen ||
      stepOf(plan, clock.sinceBootMs(), isTrayOpen).kind !== "wait";
    const timeoutMs = Math.min(step.forMs, MAX_WAIT_MS);
    const what = await waitUntil(isAnother, { clock, changes: localUsers.changes, timeoutMs, signals });
    if (what === "stopping") return { outcome: "unfinished" };
    if (what === "called-off" || what === "cancel-asked") {
      const inMs = plan.dueSinceBootMs - clock.sinceBootMs();
      // The system may have been given it while it was called off.
      if (!plan.isWithSystem || (await cancel(job, host, inMs))) return END_BY[what];
      signals = signals.filter(([name]) => name !== what);
    }
    const isOverdue = clock.sinceBootMs() - plan.dueSinceBootMs >= MAX_OVERDUE_MS;
    if (what === "due" && plan.isWithSystem && isOverdue)
      return errorEnd("not-back", "The machine did not restart: it still has the same boot id.");
    if (what === "so") reportMoved(job, plan, plans.find(job.id), clock.sinceBootMs());
  }
}

function stepOf(plan: RebootPlan, sinceBootMs: number, isTrayOpen: boolean): PlanStep {
  if (!plan.isWithSystem) return nextStep(plan, sinceBootMs, isTrayOpen);
  return { kind: "wait", forMs: Math.max(0, plan.dueSinceBootMs + MAX_OVERDUE_MS - sinceBootMs) };
}

function reportMoved(job: Job, before: RebootPlan, now: RebootPlan | undefined, sinceBootMs: number): void {
  if (!now || now.dueSinceBootMs === before.dueSinceBootMs) return;
  const isLater = now.dueSinceBootMs > before.dueSinceBootMs;
  job.reportProgress(isLater ? "postponed" : "counting-down", Math.max(0, now.dueSinceBootMs - sinceBootMs));
}

/** Whether it is sure that the machine will not restart by this action. */
async function cancel(job: Job, { reboots }: ActionHost, inMs: number): Promise<boolean> {
  const outcome = await reboots.cancel();
  if (outcome.kind === "cancelled") return true;
  // Nothing is scheduled: before its time somebody else has called it off, after it the machine may be going down.
  if (outcome.kind === "none-scheduled") return inMs > 0;
  job.reportProgress("counting-down", Math.max(0, inMs), `The reboot cannot be cancelled: ${outcome.reason}`);
  return false;
}

const MINUTE_MS = 60_000;

/** Gives a planned reboot to the system, unless it is planned otherwise by then. Null, or why the system does not take it: then it is planned no more. */
export async function handOver(
  localUsers: LocalUsers,
  job: Job,
  plan: RebootPlan,
  delayMinutes: number,
): Promise<string | null> {
  const taken = await localUsers.reboots.handOver(plan, delayMinutes);
  if (taken.kind === "moved") return null;
  if (taken.kind === "scheduled") {
    job.reportProgress("counting-down", delayMinutes * MINUTE_MS);
    return null;
  }
  await localUsers.reboots.remove(job.id);
  return taken.kind === "failed"
    ? taken.reason
    : "A shutdown or reboot is already scheduled. Cancel it first.";
}
