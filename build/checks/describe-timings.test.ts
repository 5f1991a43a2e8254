import { expect, it } from "vitest";
import { describeTimings } from "./describe-timings.mjs";

it("lists each project, and the slowest twenty files and tests first", () => {
  const files = Array.from({ length: 25 }, (_, index) => ({ name: `file ${index}`, seconds: index }));
  const tests = [
    { name: "fast", seconds: 0.04 },
    { name: "slow", seconds: 12.34 },
  ];
  const lines = describeTimings({ projects: [{ name: "unit", seconds: 30, files: 25 }], files, tests });
  expect(lines.slice(0, 5)).toEqual([
    "Seconds by project",
    "    30.0  unit (25 files)",
    "Slowest 20 of 25 files",
    "    24.0  file 24",
    "    23.0  file 23",
  ]);
  expect(lines.slice(-4)).toEqual([
    "     5.0  file 5",
    "Slowest 2 of 2 tests",
    "    12.3  slow",
    "     0.0  fast",
  ]);
});
