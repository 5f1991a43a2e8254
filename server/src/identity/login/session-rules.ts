const HOUR_MS = 3_600_000;

/** A session that is not used for so long ends. */
export const SESSION_IDLE_MS = 12 * HOUR_MS;
/** A session ends so long after it began, used or not. */
export const SESSION_MAX_MS = 7 * 24 * HOUR_MS;

export function isSessionOver(session: { createdAt: number; lastUsedAt: number }, now: number): boolean {
  return now >= session.createdAt + SESSION_MAX_MS || now >= session.lastUsedAt + SESSION_IDLE_MS;
}
