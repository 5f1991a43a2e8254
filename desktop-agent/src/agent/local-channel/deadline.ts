import type { Cancel, Clock } from "../../platform/ports.ts";

export type Deadline = {
  /** Starts it when it does not run. */
  start(): void;
  restart(): void;
  clear(): void;
};

/** Calls `passed` once it has run for `afterMs` without being cleared. */
export function createDeadline(clock: Clock, afterMs: number, passed: () => void): Deadline {
  let cancel: Cancel | null = null;

  function clear(): void {
    cancel?.();
    cancel = null;
  }
  function start(): void {
    cancel ??= clock.after(afterMs, passed);
  }
  return {
    start,
    restart() {
      clear();
      start();
    },
    clear,
  };
}
