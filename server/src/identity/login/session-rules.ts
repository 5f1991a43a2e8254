const HOUR_MS = 3_600_000;

/** A session that is unused for this time ends. */
export const MAX_SESSION_IDLE_MS = 12 * HOUR_MS;
/** A session ends this long after its start, even when it is used. */
export const MAX_SESSION_AGE_MS = 7 * 24 * HOUR_MS;

export function isSessionExpired(session: { createdAt: number; lastUsedAt: number }, now: number): boolean {
  return now >= session.createdAt + MAX_SESSION_AGE_MS || now >= session.lastUsedAt + MAX_SESSION_IDLE_MS;
}
