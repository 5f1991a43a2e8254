import { describe, expect, test } from "vitest";
import { type BootTrail, followBoot } from "./boot-trail.ts";

const HOUR = 3_600_000;

function suspicions(boots: readonly [bootId: string, at: number][]): boolean[] {
  let trail: BootTrail = { bootId: null, previousBootId: null, changedAt: null };
  return boots.map(([bootId, at]) => {
    const followed = followBoot(trail, bootId, at);
    trail = followed.trail;
    return followed.isCloneSuspected;
  });
}

describe("boot trail", () => {
  test("suspects a boot that comes back within a day", () => {
    expect(
      suspicions([
        ["a", 0],
        ["b", HOUR],
        ["a", 2 * HOUR],
      ]),
    ).toEqual([false, false, true]);
  });

  test("takes ordinary restarts for what they are", () => {
    expect(
      suspicions([
        ["a", 0],
        ["b", 1],
        ["c", 2],
        ["d", 3],
        ["d", 4],
      ]),
    ).not.toContain(true);
  });

  test("does not suspect a snapshot that is put back days later", () => {
    expect(
      suspicions([
        ["a", 0],
        ["b", HOUR],
        ["a", 26 * HOUR],
      ]),
    ).not.toContain(true);
  });
});
