import { describe, expect, test } from "vitest";
import { type BootHistory, recordBoot } from "./boot-history.ts";

const HOUR = 3_600_000;

function suspicions(boots: readonly [bootId: string, at: number][]): boolean[] {
  let history: BootHistory = { bootId: null, previousBoots: null, changedAt: null };
  return boots.map(([bootId, at]) => {
    const recorded = recordBoot(history, bootId, at);
    history = recorded.history;
    return recorded.isCloneSuspected;
  });
}

describe("boot history", () => {
  test("does not suspect a single return: the machine was restored to a snapshot of its running state", () => {
    expect(
      suspicions([
        ["a", 0],
        ["b", HOUR],
        ["a", 2 * HOUR],
        ["a", 3 * HOUR],
        ["c", 4 * HOUR],
      ]),
    ).not.toContain(true);
  });

  test.each([
    ["two boots that alternate", "abab", [3]],
    ["two boots that go on alternating", "ababab", [3, 4, 5]],
    ["one boot that returns twice", "abaca", [4]],
  ])("suspects %s within a day", (_, boots, suspected) => {
    const found = suspicions([...boots].map((bootId, index) => [bootId, index * HOUR]));
    expect(found.flatMap((is, index) => (is ? [index] : []))).toEqual(suspected);
  });

  test("does not suspect two returns that are more than a day apart", () => {
    expect(
      suspicions([
        ["a", 0],
        ["b", HOUR],
        ["a", 2 * HOUR],
        ["b", 27 * HOUR],
      ]),
    ).not.toContain(true);
  });

  test("detects eight machines that report in turn", () => {
    const turns = Array.from({ length: 20 }, (_, turn): [string, number] => [`boot-${turn % 8}`, turn]);
    expect(suspicions(turns).indexOf(true)).toBe(9);
  });

  test("suspects three machines that report in turn", () => {
    const turns = Array.from({ length: 6 }, (_, turn): [string, number] => ["abc".charAt(turn % 3), turn]);
    expect(suspicions(turns)).toEqual([false, false, false, false, true, true]);
  });

  test("does not suspect a snapshot from before the last restart that is restored days later", () => {
    expect(
      suspicions([
        ["a", 0],
        ["b", HOUR],
        ["c", 40 * HOUR],
        ["a", 41 * HOUR],
      ]),
    ).not.toContain(true);
  });

  test("keeps few boots of a machine that restarts very often", () => {
    let history: BootHistory = { bootId: null, previousBoots: null, changedAt: null };
    for (let boot = 0; boot < 1000; boot += 1) history = recordBoot(history, `boot-${boot}`, boot).history;
    expect(history.previousBoots?.length).toBeLessThan(1000);
    const returned = recordBoot(history, "boot-998", 1000);
    expect(recordBoot(returned.history, "boot-999", 1001).isCloneSuspected).toBe(true);
  });

  test("does not suspect ordinary restarts", () => {
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

  test("does not suspect a snapshot that is restored days later", () => {
    expect(
      suspicions([
        ["a", 0],
        ["b", HOUR],
        ["a", 26 * HOUR],
      ]),
    ).not.toContain(true);
  });
});
