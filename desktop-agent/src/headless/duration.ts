const UNIT_MS: Record<string, number> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const MAX_DURATION_MS = 30 * 86_400_000;

/** Milliseconds of `90s`, `30m`, `2h` or `1d`, up to 30 days; null when the text is none. */
export function parseDuration(text: string): number | null {
  const [, digits = "", unit = ""] = /^(\d{1,6})([smhd])$/.exec(text.trim()) ?? [];
  const durationMs = Number(digits) * (UNIT_MS[unit] ?? 0);
  return durationMs > 0 && durationMs <= MAX_DURATION_MS ? durationMs : null;
}

/** A span of time in one unit, for a person: "12 s", "5 min", "3 h", "2 days", as in the dashboard. */
export function describeDuration(durationMs: number): string {
  const seconds = Math.max(0, Math.round(durationMs / 1000));
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  if (seconds < 172_800) return `${Math.round(seconds / 3600)} h`;
  return `${Math.round(seconds / 86_400)} days`;
}
