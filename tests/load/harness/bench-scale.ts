/** MUSTER_BENCH_SCALE: 1 unless set; 0.1 makes a bench short and its results rough. */
const BENCH_SCALE = Number(process.env["MUSTER_BENCH_SCALE"] ?? 1);

/** A count or a duration, multiplied by the scale. */
export function scaled(full: number, min = 1): number {
  return Math.max(min, Math.round(full * BENCH_SCALE));
}
