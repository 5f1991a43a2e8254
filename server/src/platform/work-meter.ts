import { AsyncLocalStorage } from "node:async_hooks";
import { createTaskTimer, type WorkMeter } from "./task-timer.ts";

/** Work on the thread that answers requests counts this many times: all tenants wait for it. */
const REQUEST_THREAD_WEIGHT = 4;

const meters = new AsyncLocalStorage<WorkMeter>();
const timeTask = createTaskTimer();

/** Runs `task`; whatever `measureWork` and `addWork` see inside it goes to `meter`. */
export function withWorkMeter<Result>(meter: WorkMeter, task: () => Result): Result {
  return meters.run(meter, task);
}

/** Adds work that another thread did for the current request. */
export function addWork(workMs: number): void {
  meters.getStore()?.addWork(workMs);
}

/** Runs a synchronous task of the request thread and adds its weighted CPU time to the current request. */
export function measureWork<Result>(task: () => Result): Result {
  const meter = meters.getStore();
  return meter ? timeTask(task, meter, REQUEST_THREAD_WEIGHT) : task();
}

/** The same where the meter is at hand. */
export function measureWorkFor<Result>(meter: WorkMeter, task: () => Result): Result {
  return timeTask(task, meter, REQUEST_THREAD_WEIGHT);
}

/** CPU milliseconds of this thread since `before`. */
export function cpuMsSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
}
