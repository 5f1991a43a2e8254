/** Reading a thread's CPU time is a system call and costs as much as a short task, so tasks share readings for this time. */
const READ_EVERY_MS = 1;

/** Receives the milliseconds that the work of one request took. */
export type WorkMeter = { addWork(workMs: number): void };

/** Runs a synchronous task of this thread and adds `weight` times its CPU milliseconds to `meter`. */
export type TaskTimer = <Result>(task: () => Result, meter: WorkMeter, weight: number) => Result;

/**
 * Creates a timer. A task shorter than 1 ms counts with its time by the clock. A longer one, which other programs may have interrupted,
 * counts with at most the CPU time of the thread since a reading that is no more than 1 ms older than the task.
 */
export function createTaskTimer(now = () => performance.now(), readCpuMs = threadCpuMs): TaskTimer {
  let readAt = Number.NEGATIVE_INFINITY;
  let lastCpuMs = 0;
  return (task, meter, weight) => {
    const startedAt = now();
    if (startedAt - readAt >= READ_EVERY_MS) {
      readAt = startedAt;
      lastCpuMs = readCpuMs();
    }
    const cpuMsBefore = lastCpuMs;
    try {
      return task();
    } finally {
      const tookMs = now() - startedAt;
      const cpuMs = tookMs < READ_EVERY_MS ? tookMs : Math.min(tookMs, readCpuMs() - cpuMsBefore);
      meter.addWork(cpuMs * weight);
    }
  };
}

function threadCpuMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
