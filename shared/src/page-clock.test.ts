import { expect, test } from "vitest";
import { createPageClock } from "./page-clock.ts";

function setUp() {
  let wallMs = 1_000;
  const ticks = new Set<() => void>();
  const clock = createPageClock({
    wallMs: () => wallMs,
    everySecond(tick) {
      ticks.add(tick);
      return () => ticks.delete(tick);
    },
  });
  const pass = () => {
    wallMs += 1_000;
    for (const tick of ticks) tick();
  };
  return { clock, ticks, pass, jump: (ms: number) => (wallMs += ms) };
}

test("gives all listeners the same instant until the next tick", () => {
  const { clock, pass, jump } = setUp();
  const heard: number[] = [];
  clock.subscribe(() => heard.push(clock.nowMs()));
  clock.subscribe(() => heard.push(clock.nowMs()));
  jump(300);
  expect(clock.nowMs()).toBe(1_000);
  pass();
  expect(heard).toEqual([2_300, 2_300]);
});

test("runs one timer for all, and none when there is no listener", () => {
  const { clock, ticks, jump } = setUp();
  const leave = [clock.subscribe(() => undefined), clock.subscribe(() => undefined)];
  expect(ticks.size).toBe(1);
  for (const go of leave) go();
  expect(ticks.size).toBe(0);
  jump(500);
  expect(clock.nowMs()).toBe(1_500);
});
