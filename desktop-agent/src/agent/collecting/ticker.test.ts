import { describe, expect, it } from "vitest";
import { createFakeClock } from "../../platform/fake/fake-clock.ts";
import { createTicker } from "./ticker.ts";

describe("createTicker", () => {
  it("ticks immediately, then on the grid", async () => {
    const clock = createFakeClock();
    const ticks: number[] = [];
    createTicker(clock, 1000, async () => void ticks.push(clock.monotonicMs())).start();
    await clock.advance(3500);
    expect(ticks).toEqual([0, 1000, 2000, 3000]);
  });

  it("does not overlap a tick that takes longer, and does not drift after it", async () => {
    const clock = createFakeClock();
    const ticks: number[] = [];
    const ticker = createTicker(clock, 1000, async () => {
      ticks.push(clock.monotonicMs());
      await new Promise<void>((resolve) => void clock.after(1500, resolve));
    });
    ticker.start();
    await clock.advance(6000);
    expect(ticks).toEqual([0, 2000, 4000, 6000]);
  });

  it("skips ticks that it missed while it could not run", async () => {
    const clock = createFakeClock();
    const ticks: number[] = [];
    const late = {
      ...clock,
      after: (delayMs: number, run: () => void) => clock.after(delayMs === 1000 ? 3700 : delayMs, run),
    };
    createTicker(late, 1000, async () => void ticks.push(clock.monotonicMs())).start();
    await clock.advance(4200);
    expect(ticks).toEqual([0, 3700, 4000]);
  });

  it("uses another interval from the next tick on, and stops", async () => {
    const clock = createFakeClock();
    const ticks: number[] = [];
    const ticker = createTicker(clock, 1000, async () => void ticks.push(clock.monotonicMs()));
    ticker.start();
    ticker.setInterval(300);
    await clock.advance(1700);
    expect(ticks).toEqual([0, 1000, 1300, 1600]);
    ticker.stop();
    await clock.advance(5000);
    expect(ticks).toHaveLength(4);
    expect(clock.timers()).toBe(0);
  });
});
