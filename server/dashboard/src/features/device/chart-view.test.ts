import fc from "fast-check";
import { expect, it } from "vitest";
import { boundSpan, readChartView, spanOf, writeChartView } from "./chart-view.ts";

const DAY = 86_400_000;

it("has an address for each view, and keeps other parameters", () => {
  const view = {
    period: { fromMs: Date.UTC(2026, 3, 1), toMs: Date.UTC(2026, 3, 2) },
    compare: "week",
    isDeviceTime: true,
    groups: ["disks", "system"],
  } as const;
  const query = writeChartView("?tab=overview", view);
  expect(new URLSearchParams(query).get("tab")).toBe("overview");
  expect(readChartView(query)).toEqual(view);
  expect(writeChartView(query, { period: "1h", compare: null, isDeviceTime: false, groups: [] })).toBe(
    "tab=overview",
  );
});

it("replaces a fixed span by a range and the other way round", () => {
  const fixed = writeChartView("range=7d", { period: { fromMs: 0, toMs: DAY } });
  expect(readChartView(fixed).period).toEqual({ fromMs: 0, toMs: DAY });
  expect(writeChartView(fixed, { period: "24h" })).toBe("range=24h");
});

it.each([
  "from=yesterday&to=today",
  "from=2026-04-02T00:00:00Z&to=2026-04-01T00:00:00Z",
  "from=2026-04-02T00:00:00Z",
  "range=5m&compare=month&charts=all,disk&time=mars",
])("shows the default where the address makes no sense: %s", (search) => {
  expect(readChartView(search)).toEqual({ period: "1h", compare: null, isDeviceTime: false, groups: [] });
});

it("bounds every span to between a minute and three years around its middle", () => {
  const instant = fc.integer({ min: 0, max: 8.64e15 });
  fc.assert(
    fc.property(instant, instant, (one, other) => {
      const { fromMs, toMs } = boundSpan({ fromMs: Math.min(one, other), toMs: Math.max(one, other) });
      expect(toMs - fromMs).toBeGreaterThanOrEqual(60_000);
      expect(toMs - fromMs).toBeLessThanOrEqual(3 * 365 * DAY);
      expect(fromMs).toBeGreaterThanOrEqual(0);
      expect(new Date(toMs).toISOString()).toMatch(/Z$/);
    }),
  );
  expect(boundSpan({ fromMs: 10 * DAY, toMs: 10 * DAY + 2_000 })).toEqual({
    fromMs: 10 * DAY - 29_000,
    toMs: 10 * DAY + 31_000,
  });
});

it("ends a range now and leaves a fixed span alone", () => {
  expect(spanOf("24h", 5 * DAY)).toEqual({ fromMs: 4 * DAY, toMs: 5 * DAY });
  expect(spanOf({ fromMs: 1, toMs: 2 }, 5 * DAY)).toEqual({ fromMs: 1, toMs: 2 });
});
