/** MUSTER_BENCH_SCALE: 1 unless set; 0.1 makes a bench short and its figures rough. */
const BENCH_SCALE = Number(process.env["MUSTER_BENCH_SCALE"] ?? 1);

/** `full` things or milliseconds, fewer when the scale says so. */
export function scaled(full: number, least = 1): number {
  return Math.max(least, Math.round(full * BENCH_SCALE));
}
