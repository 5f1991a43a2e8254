import { describe, expect, it } from "vitest";
import { currentAndNext } from "./stored-window.ts";

const DAY = 24 * 3_600_000;
const MONDAY = Date.parse("2026-11-30T00:00Z");

/** A window that begins every day at midnight, UTC. */
function daily(minutes: number, skippedUntil = 0) {
  const days = [1, 2, 3, 4, 5, 6, 7];
  const schedule = { kind: "weekly", days, time: "00:00", minutes, zone: "UTC", from: null, until: null };
  return {
    schedule: JSON.stringify(schedule),
    is_enabled: 1 as const,
    skipped_until: skippedUntil,
    removed_at: null,
  };
}

describe("a window whose times overlap", () => {
  it("is open until the last of them is over", () => {
    const { current, next } = currentAndNext(daily(7 * 1440), MONDAY + 1);
    expect(current).toEqual({ startsAt: MONDAY - 6 * DAY, endsAt: MONDAY + 7 * DAY });
    expect(next?.startsAt).toBe(MONDAY + DAY);
  });

  it("is closed when all that have begun were ended early", () => {
    const { current, next } = currentAndNext(daily(2 * 1440, MONDAY + 1), MONDAY + 1);
    expect(current).toBeNull();
    expect(next?.startsAt).toBe(MONDAY + DAY);
  });
});
