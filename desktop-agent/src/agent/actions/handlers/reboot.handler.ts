import { reboot } from "@muster/shared/actions/reboot.ts";
import {
  type ActionHandler,
  type ActionHost,
  firstOf,
  type HandlerEnd,
  type Job,
} from "../action-handler.ts";
import { errorEnd } from "../action-outcome.ts";

type Result = { bootIdBefore: string; bootIdAfter: string };

const MINUTE_MS = 60_000;
const PATIENCE_MS = reboot.timeoutS * 1000;

/**
 * The machine restarts. Only another boot id proves it: the run that scheduled it waits for the machine to go down, and the run after
 * it finds the other boot id, or the same one.
 */
export const rebootHandler: ActionHandler<"reboot"> = {
  async run({ delayMinutes, message }, job, host) {
    const taken = await host.reboots.schedule({ delayMinutes, message });
    if (taken.kind === "failed") return errorEnd("failed", taken.reason);
    if (taken.kind === "already-scheduled") {
      return errorEnd("failed", "a shutdown or reboot is scheduled already: cancel it first");
    }
    job.tell("counting-down", delayMinutes * MINUTE_MS);
    return awaitReboot(delayMinutes, job, host);
  },

  async resume({ delayMinutes }, job, host) {
    const { bootId, started } = job;
    if (bootId === started.bootId) return awaitReboot(delayMinutes, job, host);
    return { outcome: "done", result: { bootIdBefore: started.bootId, bootIdAfter: bootId } };
  },
};

/** Waits in the boot in which it was scheduled. Ends when it is called off, or when the machine should long have gone down. */
async function awaitReboot(delayMinutes: number, job: Job, host: ActionHost): Promise<HandlerEnd<Result>> {
  const { clock, countdowns } = host;
  const downAtMs = job.started.sinceBootMs + delayMinutes * MINUTE_MS;
  const inMs = () => downAtMs - clock.sinceBootMs();
  const calledOff = new AbortController();
  const callOff = () => calledOff.abort();
  countdowns.add(callOff);
  try {
    const others = [
      ["stopping", job.stopping],
      ["called-off", calledOff.signal],
    ] as const;
    let signals: readonly (readonly [string, AbortSignal])[] = [...others, ["cancel-asked", job.cancelAsked]];
    for (;;) {
      const what = await firstOf(clock, signals, inMs() + PATIENCE_MS);
      if (what === "stopping") return { outcome: "unfinished" };
      if (what === "called-off") return errorEnd("failed", "it was called off by another action");
      if (what === "due")
        return errorEnd("not-back", "the machine has not restarted: it runs under the same boot id");
      if (await cancel(job, host, inMs())) return { outcome: "cancelled" };
      signals = others;
    }
  } finally {
    countdowns.delete(callOff);
  }
}

/** Whether it is sure that the machine will not restart by this action. */
async function cancel(job: Job, { reboots }: ActionHost, inMs: number): Promise<boolean> {
  const outcome = await reboots.cancel();
  if (outcome.kind === "cancelled") return true;
  // Nothing is scheduled: before its time somebody else has called it off, after it the machine may be going down.
  if (outcome.kind === "none-scheduled") return inMs > 0;
  job.tell("counting-down", Math.max(0, inMs), `it cannot be called off: ${outcome.reason}`);
  return false;
}
