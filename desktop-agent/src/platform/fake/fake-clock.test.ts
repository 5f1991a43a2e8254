import { describe, expect, it } from "vitest";
import { createFakeClock } from "./fake-clock.ts";

describe("fake clock", () => {
  it("runs timers in the order of their instants, also those that a timer sets", async () => {
    const clock = createFakeClock();
    const ran: [string, number][] = [];
    const note = (name: string) => ran.push([name, clock.monotonicMs()]);
    clock.after(20, () => note("second"));
    clock.after(10, () => {
      note("first");
      clock.after(5, () => note("between"));
    });
    clock.after(31, () => note("too late"));
    clock.after(15, () => note("cancelled"))();
    await clock.advance(30);
    expect(ran).toEqual([
      ["first", 10],
      ["between", 15],
      ["second", 20],
    ]);
    expect([clock.monotonicMs(), clock.timers()]).toEqual([30, 1]);
  });

  it("keeps its three clocks separate", () => {
    const clock = createFakeClock();
    const [wall, sinceBoot] = [clock.wallMs(), clock.sinceBootMs()];
    clock.sleep(1_000);
    expect([clock.wallMs() - wall, clock.sinceBootMs() - sinceBoot, clock.monotonicMs()]).toEqual([
      1_000, 1_000, 0,
    ]);
    clock.setWall(5);
    expect([clock.wallMs(), clock.sinceBootMs() - sinceBoot]).toEqual([5, 1_000]);
  });
});
