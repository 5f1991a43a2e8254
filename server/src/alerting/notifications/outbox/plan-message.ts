import type { MessageRow } from "../notifications.tables.ts";

/** More messages than this within `DIGEST_PERIOD_MS` to one recipient of a channel become a digest. */
export const MAX_MESSAGES_BEFORE_DIGEST = 20;
export const DIGEST_PERIOD_MS = 5 * 60_000;

export type RecentMessage = Pick<
  MessageRow,
  "id" | "state" | "planned_at" | "is_collecting" | "is_urgent" | "attempts"
>;

export type PlannedMessage = { join: string } | { plannedAt: number; isCollecting: boolean };

/**
 * Decides when an event is sent. The first one leaves at once. Those that follow within the collect time leave together at its end,
 * and then the collect time begins again. What is urgent leaves at once. Beyond the budget of a recipient everything waits
 * for a digest.
 * `recent`: the messages to the same recipient that were planned within the last five minutes or the collect time, or are still to come.
 */
export function planMessage(
  recent: readonly RecentMessage[],
  { now, collectMs, isUrgent }: { now: number; collectMs: number; isUrgent: boolean },
): PlannedMessage {
  const spent = recent.filter(({ planned_at }) => planned_at > now - DIGEST_PERIOD_MS);
  const isOverBudget = spent.length >= MAX_MESSAGES_BEFORE_DIGEST;
  if (isUrgent && !isOverBudget) return { plannedAt: now, isCollecting: false };
  const open = recent.find(
    (message) =>
      message.is_collecting === 1 &&
      message.state === "waiting" &&
      message.attempts === 0 &&
      message.planned_at > now,
  );
  if (open) return { join: open.id };
  if (isOverBudget) {
    const oldest = Math.min(...spent.map(({ planned_at }) => planned_at));
    return { plannedAt: Math.max(oldest + DIGEST_PERIOD_MS, now), isCollecting: true };
  }
  const last = Math.max(...recent.filter(({ is_urgent }) => is_urgent === 0).map((row) => row.planned_at));
  const waitsUntil = last + collectMs;
  return waitsUntil > now
    ? { plannedAt: waitsUntil, isCollecting: true }
    : { plannedAt: now, isCollecting: false };
}
