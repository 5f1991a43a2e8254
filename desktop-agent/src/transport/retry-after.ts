const MAX_WAIT_MS = 3_600_000;

/** Milliseconds that a `Retry-After` header asks to wait (seconds or an HTTP date), at most an hour; null when it says nothing usable. */
export function retryAfterMs(header: string | null, wallMs: number): number | null {
  if (header === null) return null;
  const text = header.trim();
  const isDate = /^[A-Z][a-z]{2},? /.test(text);
  const waitMs = /^\d{1,9}$/.test(text)
    ? Number(text) * 1000
    : isDate
      ? Date.parse(text) - wallMs
      : Number.NaN;
  if (!Number.isFinite(waitMs)) return null;
  return Math.min(MAX_WAIT_MS, Math.max(0, waitMs));
}
