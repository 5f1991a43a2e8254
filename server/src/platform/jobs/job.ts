/** Work that runs by itself. On PostgreSQL one of many servers runs it at a time. */
export type Job = {
  /** Also the name of its lock. */
  name: string;
  everyMs: number;
  /** Runs once; must stop soon after `signal` is aborted. A throw is logged and the next turn comes all the same. */
  run(signal: AbortSignal): Promise<void>;
  /** True when each server runs it for itself. */
  isPerServer?: boolean;
};
