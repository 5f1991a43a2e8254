import pino from "pino";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Job } from "./job.ts";
import { type JobLock, noJobLock } from "./job-lock.ts";
import { createScheduler, type JobRun } from "./scheduler.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function schedule(run: Job["run"], more: { random?: number; lock?: JobLock; job?: Partial<Job> } = {}) {
  const turns: JobRun[] = [];
  const scheduler = createScheduler({
    jobs: [{ name: "pack", everyMs: 1000, run, ...more.job }],
    lock: more.lock ?? noJobLock,
    log: pino({ level: "silent" }),
    monotonic: () => performance.now(),
    random: () => more.random ?? 0.5,
    observe: (turn) => turns.push(turn),
  });
  scheduler.start();
  return { scheduler, turns };
}

describe("createScheduler", () => {
  it("runs a job in its period", async () => {
    const run = vi.fn(async () => {});
    schedule(run);
    await vi.advanceTimersByTimeAsync(499);
    expect(run).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(5001);
    expect(run).toHaveBeenCalledTimes(6);
  });

  it("shifts runs by up to a tenth of the period", async () => {
    const run = vi.fn(async () => {});
    schedule(run, { random: 1 });
    await vi.advanceTimersByTimeAsync(1000 + 1099);
    expect(run).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(run).toHaveBeenCalledTimes(2);
  });

  it("does not start a run while the last one is running", async () => {
    let atOnce = 0;
    let most = 0;
    schedule(async () => {
      atOnce += 1;
      most = Math.max(most, atOnce);
      await new Promise((resolve) => void setTimeout(resolve, 3000));
      atOnce -= 1;
    });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(most).toBe(1);
  });

  it("continues after a failure and logs it", async () => {
    let calls = 0;
    const { turns } = schedule(async () => {
      calls += 1;
      if (calls === 1) throw new Error("the disk is full");
    });
    await vi.advanceTimersByTimeAsync(2000);
    expect(turns.map(({ outcome }) => outcome)).toEqual(["failed", "done"]);
  });

  it("aborts and waits for what is running when it stops, and starts nothing after that", async () => {
    let isEnded = false;
    const run = vi.fn(async (signal: AbortSignal) => {
      await new Promise((resolve) => signal.addEventListener("abort", resolve));
      isEnded = true;
    });
    const { scheduler } = schedule(run);
    await vi.advanceTimersByTimeAsync(1000);
    await scheduler.stop();
    expect(isEnded).toBe(true);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(run).toHaveBeenCalledTimes(1);
  });

  it("takes the lock of every job but those that each server runs", async () => {
    const run = vi.fn(async () => {});
    const held: string[] = [];
    const taken: JobLock = { tryWithLock: async (name) => void held.push(name), close: async () => {} };
    schedule(run, { lock: taken });
    await vi.advanceTimersByTimeAsync(1000);
    expect([held, run.mock.calls.length]).toEqual([["pack"], 0]);
    schedule(run, { lock: taken, job: { isPerServer: true } });
    await vi.advanceTimersByTimeAsync(1000);
    expect(run).toHaveBeenCalledTimes(1);
  });
});
