import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Health, healthOf, roundHalfToEven, scoreOf } from "./score.ts";

const percent = fc.oneof(
  fc.double({ min: 0, max: 100, noNaN: true }),
  fc.integer({ min: 0, max: 1000 }).map((tenths) => tenths / 10),
  fc.integer({ min: 0, max: 400 }).map((quarters) => quarters / 4),
);

function known(cpu: number, memory: number, disk: number) {
  const health = healthOf({ cpu, memory, disk });
  if (health.status === "unknown") throw new Error("every input was given");
  return health;
}

describe("health score", () => {
  test.each([
    [10, 30, 40, 100, "ok", 100, 100, 100],
    [50, 60, 70, 100, "ok", 100, 100, 100],
    [75, 75, 75, 64, "warn", 50, 62, 83],
    [95, 90, 95, 17, "critical", 10, 25, 17],
    [25.5, 62.8, 45.3, 98, "ok", 100, 93, 100],
    [18.0, 63.9, 98.5, 68, "warn", 100, 90, 5],
    [100, 100, 100, 0, "critical", 0, 0, 0],
  ])("cpu %d memory %d disk %d gives %d %s", (cpu, memory, disk, score, status, ...components) => {
    const health = known(cpu, memory, disk);
    expect(health).toMatchObject({ score, status });
    expect(Object.values(health.components)).toEqual(components);
  });

  test("is the same without its explanation", () => {
    fc.assert(
      fc.property(percent, percent, percent, (cpu, memory, disk) => {
        const { status, score } = known(cpu, memory, disk);
        expect(scoreOf({ cpu, memory, disk })).toEqual({ status, score });
      }),
    );
    expect(scoreOf({ cpu: 10, memory: undefined, disk: 10 })).toBeNull();
  });

  test("rounds a half to the even neighbour: 94.5 is 94", () => {
    expect(known(50, 64, 72)).toMatchObject({ score: 94, status: "ok" });
  });

  test.each([
    [50.25, 100],
    [50.75, 98],
    [51.25, 98],
    [51.75, 96],
  ])("cpu %d alone is worth %d", (cpu, component) => {
    expect(known(cpu, 0, 0).components.cpu).toBe(component);
  });

  test.each([
    [0.5, 0],
    [1.5, 2],
    [2.5, 2],
    [62.5, 62],
    [2.4, 2],
    [2.6, 3],
  ])("%d rounds to %d", (value, rounded) => {
    expect(roundHalfToEven(value)).toBe(rounded);
  });

  test("is unknown and names the missing metric when an input is missing", () => {
    expect(healthOf({ cpu: 10, memory: undefined })).toEqual({
      status: "unknown",
      missing: ["memory", "disk"],
    });
  });

  test("stays within 0 to 100 for any input", () => {
    fc.assert(
      fc.property(
        fc.double({ noNaN: true, min: -1e6, max: 1e6 }),
        fc.double({ noNaN: true, min: -1e6, max: 1e6 }),
        fc.double({ noNaN: true, min: -1e6, max: 1e6 }),
        (cpu, memory, disk) => {
          expect(Health.safeParse(known(cpu, memory, disk)).success).toBe(true);
        },
      ),
    );
  });
});

describe("points lost", () => {
  test("add up to 100 minus the score", () => {
    fc.assert(
      fc.property(percent, percent, percent, (cpu, memory, disk) => {
        const { score, lost } = known(cpu, memory, disk);
        expect(lost.cpu + lost.memory + lost.disk).toBe(100 - score);
      }),
      { numRuns: 2000 },
    );
  });

  test("are each within a point of what the metric costs", () => {
    fc.assert(
      fc.property(percent, percent, percent, (cpu, memory, disk) => {
        const { lost } = known(cpu, memory, disk);
        const cost = (value: number, from: number, weight: number) =>
          Math.min(1, Math.max(0, (value - from) / (100 - from))) * weight;
        expect(Math.abs(lost.cpu - cost(cpu, 50, 35))).toBeLessThan(1.000001);
        expect(Math.abs(lost.memory - cost(memory, 60, 35))).toBeLessThan(1.000001);
        expect(Math.abs(lost.disk - cost(disk, 70, 30))).toBeLessThan(1.000001);
      }),
      { numRuns: 2000 },
    );
  });

  test("do not charge a metric twice for a cost that doubles miss by a hair", () => {
    // Disk costs 4.999999999999999, which counts as 5 and leaves nothing over; the point left belongs to memory's 0.875.
    expect(known(50, 61, 75).lost).toEqual({ cpu: 0, memory: 1, disk: 5 });
  });
});
