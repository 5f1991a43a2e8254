import type { Clock } from "./ports.ts";

/**
 * Keeps an answer for a while, so that what starts a process is not asked at each interval. A failure is not kept, and callers at
 * the same time share one question.
 */
export function cacheFor<T>(clock: Clock, durationMs: number, ask: () => Promise<T>): () => Promise<T> {
  let kept: { answer: T; untilMs: number } | undefined;
  let asking: Promise<T> | undefined;
  return () => {
    if (kept !== undefined && clock.monotonicMs() < kept.untilMs) return Promise.resolve(kept.answer);
    asking ??= ask()
      .then((answer) => {
        kept = { answer, untilMs: clock.monotonicMs() + durationMs };
        return answer;
      })
      .finally(() => {
        asking = undefined;
      });
    return asking;
  };
}
