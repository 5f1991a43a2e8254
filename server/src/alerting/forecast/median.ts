/** The median; NaN for no values. Does not change `values`. */
export function medianOf(values: readonly number[] | Float64Array): number {
  const sorted = Float64Array.from(values).toSorted();
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/**
 * The median absolute deviation from `middle`, times 1.4826, so that it is the standard deviation of normal values (Hampel, "The Influence
 * Curve and its Role in Robust Estimation", 1974).
 */
export function spreadOf(values: readonly number[] | Float64Array, middle: number): number {
  return 1.4826 * medianOf(Array.from(values, (value) => Math.abs(value - middle)));
}
