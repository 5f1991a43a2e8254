const HOUR_MS = 3_600_000;

/** A session that is unused for this time ends. */
export const MAX_SESSION_IDLE_MS = 12 * HOUR_MS;
/** A session ends this long after its start, even when it is used. */
export const MAX_SESSION_AGE_MS = 7 * 24 * HOUR_MS;

/** A user has at most this many sessions. Another sign-in ends the oldest. */
export const MAX_SESSIONS_PER_USER = 20;

/** When a session ends unless it is used again. */
export function sessionExpiryOf(session: { createdAt: number; lastUsedAt: number }): number {
  return Math.min(session.createdAt + MAX_SESSION_AGE_MS, session.lastUsedAt + MAX_SESSION_IDLE_MS);
}
