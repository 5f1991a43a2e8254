import type { HourPoint } from "@muster/shared/contracts/local-agent.ts";

const HOUR_MS = 3_600_000;
const MOST_POINTS = 240;
const SLOT_MS = HOUR_MS / MOST_POINTS;

/** Figures of the last hour, one for each quarter of a minute at most. */
export type LastHour = {
  /** A later one of the same quarter of a minute takes the place of the earlier. */
  add(point: HourPoint): void;
  /** Oldest first. */
  points(nowMs: number): HourPoint[];
};

export function createLastHour(): LastHour {
  let kept: HourPoint[] = [];
  const slotOf = ({ atMs }: HourPoint) => Math.floor(atMs / SLOT_MS);
  return {
    add(point) {
      // What the clock says it has not come to yet was read before the clock was set back.
      kept = kept.filter((earlier) => slotOf(earlier) < slotOf(point));
      kept.push(point);
      if (kept.length > MOST_POINTS) kept.shift();
    },
    points: (nowMs) => kept.filter(({ atMs }) => atMs > nowMs - HOUR_MS && atMs <= nowMs),
  };
}
