import { describe, expect, test } from "vitest";
import { createTaskTimer } from "./task-timer.ts";

function start() {
  const time = { now: 0, cpu: 0, readings: 0 };
  const timer = createTaskTimer(
    () => time.now,
    () => {
      time.readings += 1;
      return time.cpu;
    },
  );
  /** Runs a task of `ms` by the clock, for `cpuMs` of which its thread runs. Returns what it counts. */
  function run(ms: number, cpuMs = ms): number {
    let work = 0;
    const task = () => {
      time.now += ms;
      time.cpu += cpuMs;
    };
    timer(task, { addWork: (workMs) => (work += workMs) }, 4);
    return work;
  }
  return { time, timer, run };
}

describe("the timer of tasks", () => {
  test("counts CPU time with its weight", () => {
    const { run } = start();
    expect(run(0.25)).toBe(1);
    expect(run(8)).toBe(32);
  });

  test("does not count the time in which other programs run", () => {
    const { run } = start();
    expect(run(50, 2)).toBe(8);
  });

  test("counts a long task no longer than the clock, and at most 1 ms before it", () => {
    const { run, time } = start();
    run(0.5);
    time.now += 0.25;
    time.cpu += 0.25;
    expect(run(10)).toBe(40);
    expect(run(0.5)).toBe(2);
    expect(run(10, 4)).toBe(18);
  });

  test("counts a task that runs another one as a whole", () => {
    const { run, time, timer } = start();
    let work = 0;
    const outer = () => {
      time.now += 5;
      time.cpu += 5;
      run(3);
    };
    timer(outer, { addWork: (workMs) => (work += workMs) }, 1);
    expect(work).toBe(8);
  });

  test("reads the CPU time once a millisecond for many short tasks", () => {
    const { run, time } = start();
    for (let task = 0; task < 1000; task += 1) run(0.03125);
    expect(time.readings).toBe(32);
  });

  test("counts a task that fails", () => {
    const { timer, time } = start();
    let work = 0;
    const failing = () => {
      time.now += 0.5;
      throw new Error("failed");
    };
    expect(() => timer(failing, { addWork: (workMs) => (work += workMs) }, 4)).toThrow("failed");
    expect(work).toBe(2);
  });
});

test("a task that waits counts next to nothing, and one that computes counts its time", () => {
  const timer = createTaskTimer();
  let work = 0;
  const meter = { addWork: (workMs: number) => (work += workMs) };
  timer(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50), meter, 1);
  expect(work).toBeLessThan(25);
  work = 0;
  const before = process.threadCpuUsage();
  timer(
    () => {
      while (process.threadCpuUsage(before).user < 20_000) JSON.stringify(process.memoryUsage());
    },
    meter,
    1,
  );
  expect(work).toBeGreaterThan(15);
});
