import type { Logger } from "../logging/logger.ts";
import type { Job } from "./job.ts";
import type { JobLock } from "./job-lock.ts";

/** Random shift of a run as a part of its period, so that servers and jobs do not all start together. */
const JITTER_RATIO = 0.1;

export type JobRun = { job: string; outcome: "done" | "failed"; durationMs: number };

export type Scheduler = {
  start(): void;
  /** Aborts running jobs, waits for their end, and starts no more. */
  stop(): Promise<void>;
};

type Options = {
  jobs: readonly Job[];
  /** Makes sure that only one server runs a job at a time. */
  lock: JobLock;
  log: Logger;
  monotonic: () => number;
  /** From 0 to 1. */
  random?: () => number;
  observe?: (run: JobRun) => void;
};

/** Runs each job once per period, never the same job twice at a time. A missed run is not repeated. */
export function createScheduler({
  jobs,
  lock,
  log,
  monotonic,
  random = Math.random,
  observe,
}: Options): Scheduler {
  const stopping = new AbortController();
  const timers = new Map<Job, NodeJS.Timeout>();
  const running = new Set<Promise<void>>();

  function schedule(job: Job, delayMs: number): void {
    if (stopping.signal.aborted) return;
    const timer = setTimeout(() => {
      const run = runJob(job).finally(() => running.delete(run));
      running.add(run);
    }, delayMs);
    timers.set(job, timer);
  }

  async function runJob(job: Job): Promise<void> {
    const startedAt = monotonic();
    const run = async () => {
      await job.run(stopping.signal);
      observe?.({ job: job.name, outcome: "done", durationMs: monotonic() - startedAt });
    };
    try {
      if (job.isPerServer) await run();
      else await lock.tryWithLock(job.name, run);
    } catch (error) {
      log.error({ err: error, job: job.name }, "A job failed. It runs again after its period");
      observe?.({ job: job.name, outcome: "failed", durationMs: monotonic() - startedAt });
    }
    const jitterMs = job.everyMs * JITTER_RATIO * (random() * 2 - 1);
    schedule(job, Math.max(0, job.everyMs + jitterMs - (monotonic() - startedAt)));
  }

  return {
    start() {
      for (const job of jobs) schedule(job, job.everyMs * random());
    },
    async stop() {
      stopping.abort();
      for (const timer of timers.values()) clearTimeout(timer);
      await Promise.all(running);
    },
  };
}
