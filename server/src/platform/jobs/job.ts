/** Periodic work. On PostgreSQL only one server runs a job at a time. */
export type Job = {
  /** Also the name of its lock. */
  name: string;
  everyMs: number;
  /** Runs once; must stop soon after `signal` is aborted. A throw is logged, and the job runs again after its period. */
  run(signal: AbortSignal): Promise<void>;
  /** True when each server runs it for itself. */
  isPerServer?: boolean;
};
