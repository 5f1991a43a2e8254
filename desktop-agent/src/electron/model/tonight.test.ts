import { describe, expect, it } from "vitest";
import { tonightMs } from "./tonight.ts";

const at = (...parts: [number, number, number, number?, number?]) => new Date(...parts).getTime();

describe("tonight", () => {
  it.each([
    [at(2027, 0, 4, 9), at(2027, 0, 4, 22)],
    [at(2027, 0, 4, 21), at(2027, 0, 4, 22)],
    [at(2027, 0, 4, 21, 1), at(2027, 0, 5, 22)],
    [at(2027, 0, 4, 23), at(2027, 0, 5, 22)],
    [at(2027, 0, 31, 22), at(2027, 1, 1, 22)],
  ])("is the next 22:00 of the device that is an hour away", (now, tonight) => {
    expect(tonightMs(now)).toBe(tonight);
  });
});
