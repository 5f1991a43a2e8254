import type {
  MaintenanceOccurrence,
  MaintenanceSchedule,
  MaintenanceScope,
  MaintenanceWindow,
} from "@muster/shared/contracts/maintenance-window.ts";
import { toInstant } from "../../platform/instant.ts";
import type { MaintenanceWindowRow } from "./maintenance.tables.ts";
import { type Occurrence, occurrencesBetween, type StoredSchedule } from "./occurrences.ts";

type Times = Pick<MaintenanceWindowRow, "schedule" | "is_enabled" | "skipped_until" | "removed_at">;

/** While a window is open, devices that came to its scope are looked for this often. */
const SWEEP_MS = 60_000;

/** Occurrences that can be open at the same time, of a window that lasts a week and starts every day, and the one after them. */
const MAX_OVERLAPPING = 8;

/** The occurrences of a window that are open at some time between `from` and `to`, without those that were ended early. */
export function occurrencesOf(
  row: Times,
  { from, to, limit }: { from: number; to: number; limit: number },
): Occurrence[] {
  if (row.is_enabled === 0 || row.removed_at !== null) return [];
  // Those that were ended early may be the first of them.
  return occurrencesBetween(readSchedule(row), { from, to, limit: limit + MAX_OVERLAPPING })
    .filter(({ startsAt }) => startsAt >= row.skipped_until)
    .slice(0, limit);
}

/** The time for which a window is open at `now`, and the first occurrence that has not begun. */
export function currentAndNext(
  row: Times,
  now: number,
): { current: Occurrence | null; next: Occurrence | null } {
  const found = occurrencesOf(row, { from: now, to: Number.POSITIVE_INFINITY, limit: MAX_OVERLAPPING });
  const open = found.filter(({ startsAt }) => startsAt <= now);
  const [first] = open;
  const current = first && {
    startsAt: first.startsAt,
    endsAt: Math.max(...open.map(({ endsAt }) => endsAt)),
  };
  return { current: current ?? null, next: found.find(({ startsAt }) => startsAt > now) ?? null };
}

/** When the job has to look at a window again: at its end or soon while it is open, otherwise when it opens. */
export function nextCheckAt(row: Times, now: number): number | null {
  const { current, next } = currentAndNext(row, now);
  return current ? Math.min(current.endsAt, now + SWEEP_MS) : (next?.startsAt ?? null);
}

export function readScope({ scope }: Pick<MaintenanceWindowRow, "scope">): MaintenanceScope {
  const read: MaintenanceScope = JSON.parse(scope);
  return read;
}

function readSchedule({ schedule }: Pick<MaintenanceWindowRow, "schedule">): StoredSchedule {
  const read: StoredSchedule = JSON.parse(schedule);
  return read;
}

/** The schedule as it is stored: a single time without a start begins `now`. */
export function toStoredSchedule(schedule: MaintenanceSchedule, now: number): StoredSchedule {
  if (schedule.kind !== "once") return schedule;
  const { startsAt } = schedule;
  return { ...schedule, startsAt: startsAt === null ? now : Date.parse(startsAt) };
}

export function toMaintenanceWindow(row: MaintenanceWindowRow, now: number): MaintenanceWindow {
  const { current, next } = currentAndNext(row, now);
  const schedule = readSchedule(row);
  return {
    id: row.id,
    name: row.name,
    note: row.note,
    scope: readScope(row),
    schedule: schedule.kind === "once" ? { ...schedule, startsAt: toInstant(schedule.startsAt) } : schedule,
    isEnabled: row.is_enabled === 1,
    current: current && toOccurrence(current),
    next: next && toOccurrence(next),
    version: row.version,
    createdAt: toInstant(row.created_at),
    updatedAt: toInstant(row.updated_at),
    updatedBy: row.updated_by,
  };
}

export function toOccurrence({ startsAt, endsAt }: Occurrence): MaintenanceOccurrence {
  return { startsAt: toInstant(startsAt), endsAt: toInstant(endsAt) };
}
