import { medianOf } from "./median.ts";

export type Point = { x: number; y: number };

/**
 * The Theil-Sen slope: the median of the slopes between all pairs of points (Theil 1950; Sen, "Estimates of the Regression Coefficient
 * Based on Kendall's Tau", 1968). `falling` is the share of pairs that fall. Null for fewer than two points.
 */
export function theilSen(points: readonly Point[]): { slope: number; falling: number } | null {
  const slopes: number[] = [];
  for (const [index, { x, y }] of points.entries()) {
    for (const later of points.slice(index + 1))
      if (later.x !== x) slopes.push((later.y - y) / (later.x - x));
  }
  if (slopes.length === 0) return null;
  return { slope: medianOf(slopes), falling: slopes.filter((slope) => slope < 0).length / slopes.length };
}
