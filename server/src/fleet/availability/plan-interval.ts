import type { AvailabilityState } from "@muster/shared/contracts/availability.ts";
import type { ShownPresence } from "@muster/shared/contracts/device.ts";
import { dayOf } from "../history/period.ts";
import type { AvailabilityChange } from "./availability-state.ts";

export type StoredInterval = {
  started_at: number;
  ended_at: number | null;
  state: AvailabilityState;
  reason: ShownPresence | null;
};

/** What to write for a change, in this order. */
export type IntervalEdit =
  | { kind: "remove"; startedAt: number }
  | { kind: "end"; startedAt: number; at: number | null }
  | { kind: "open"; startedAt: number; state: AvailabilityState; reason: ShownPresence | null }
  | { kind: "mark"; startedAt: number; day: number }
  | { kind: "unfinish"; day: number };

/**
 * The edits by which the intervals of a device follow a change. `newest` are its two newest intervals, newest first. A change never
 * reaches back before the newest one began. An interval without a length is removed, and what it separated is one again.
 */
export function planInterval(
  newest: readonly StoredInterval[],
  change: AvailabilityChange,
  lastReportAt: number | null,
): IntervalEdit[] {
  const [present, previous] = newest;
  const { to, reason } = change;
  const asked = change.sinceLastReport ? Math.min(lastReportAt ?? change.at, change.at) : change.at;
  const at = Math.max(asked, present?.ended_at ?? present?.started_at ?? asked);
  const edits: IntervalEdit[] = [];
  const continued = present?.ended_at === null && present.started_at >= at ? previous : present;
  const isContinued = to !== null && continued?.state === to && continued.ended_at === at;
  if (present?.ended_at === null) {
    if (present.state === to) return [];
    const { started_at: startedAt } = present;
    edits.push(startedAt < at ? { kind: "end", startedAt, at } : { kind: "remove", startedAt });
  }
  if (isContinued) edits.push({ kind: "end", startedAt: continued.started_at, at: null });
  else if (to !== null) edits.push({ kind: "open", startedAt: at, state: to, reason });
  if (present === undefined && to !== null) edits.push({ kind: "mark", startedAt: at, day: dayOf(at) });
  // A day that was finished with other intervals is computed again.
  if (dayOf(at) < dayOf(change.at)) edits.push({ kind: "unfinish", day: dayOf(at) });
  return edits;
}
