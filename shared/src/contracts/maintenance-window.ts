import { z } from "zod";
import { Id } from "../ids.ts";
import { GROUP_SCOPES } from "./device-scope.ts";
import { TimeOfDay, TimeZone, Weekday } from "./local-time.ts";
import { AnyInstant, Instant, lines, name } from "./text.ts";

/** Maintenance windows of one organization. */
export const MAX_MAINTENANCE_WINDOWS = 200;
const MAX_MINUTES = 7 * 24 * 60;
const MAX_SCOPE_DEVICES = 500;

/** The devices that a maintenance window is for. */
export const MaintenanceScope = z.discriminatedUnion("kind", [
  ...GROUP_SCOPES,
  z.strictObject({
    /** Single devices. */
    kind: z.literal("devices"),
    /** Ids of the devices. */
    deviceIds: z.array(Id).min(1, "must name at least one device").max(MAX_SCOPE_DEVICES),
  }),
]);
export type MaintenanceScope = z.infer<typeof MaintenanceScope>;

/** A date as in "2026-03-29". */
const CalendarDate = z.iso.date();
/** How long it lasts, in minutes of elapsed time. */
const minutes = z.number().int().min(1).max(MAX_MINUTES);

const recurring = {
  /** Local time at which it starts. A time that the clock skips starts that much later; one that comes twice is the first one. */
  time: TimeOfDay,
  /** How long it lasts, in minutes of elapsed time. */
  minutes,
  /** Name of the time zone in the IANA database, such as "Europe/Berlin". */
  zone: TimeZone,
  /** First day on which it may start; null for no limit. */
  from: CalendarDate.nullable().default(null),
  /** Last day on which it may start; null for no limit. */
  until: CalendarDate.nullable().default(null),
};

/** When a maintenance window is open. */
export const MaintenanceSchedule = z.discriminatedUnion("kind", [
  z.strictObject({
    /** One time. */
    kind: z.literal("once"),
    /** When it starts; null for now. */
    startsAt: AnyInstant.nullable().default(null),
    /** How long it lasts, in minutes. */
    minutes,
  }),
  z.strictObject({
    /** On days of the week. */
    kind: z.literal("weekly"),
    /** The days on which it starts, from 1 for Monday to 7 for Sunday. */
    days: z.array(Weekday).min(1, "must name at least one day").max(7),
    ...recurring,
  }),
  z.strictObject({
    /** On a day of each month. */
    kind: z.literal("monthly-date"),
    /** Day of the month; months that are shorter have none, -1 is the last day of every month. */
    day: z.union([z.number().int().min(1).max(31), z.literal(-1)]),
    ...recurring,
  }),
  z.strictObject({
    /** On a weekday of each month, such as the second Tuesday. */
    kind: z.literal("monthly-weekday"),
    /** Which one of the month, 1 to 4; -1 is the last one. */
    week: z.union([z.number().int().min(1).max(4), z.literal(-1)]),
    /** The day of the week, from 1 for Monday to 7 for Sunday. */
    weekday: Weekday,
    ...recurring,
  }),
]);
export type MaintenanceSchedule = z.infer<typeof MaintenanceSchedule>;
export type RecurringSchedule = Exclude<MaintenanceSchedule, { kind: "once" }>;

/** One time at which a maintenance window is open. */
export const MaintenanceOccurrence = z.object({
  /** When it starts. */
  startsAt: Instant,
  /** When it ends. */
  endsAt: Instant,
});
export type MaintenanceOccurrence = z.infer<typeof MaintenanceOccurrence>;

/** A time in which devices are in maintenance. */
export const MaintenanceWindow = z.object({
  id: Id,
  /** Name of the window. */
  name: z.string(),
  /** Why there is maintenance; empty when nothing was entered. */
  note: z.string(),
  scope: MaintenanceScope,
  schedule: MaintenanceSchedule,
  /** False for a window that never opens. */
  isEnabled: z.boolean(),
  /** The open time; null while it is closed. */
  current: MaintenanceOccurrence.nullable(),
  /** The next time at which it opens; null for never. */
  next: MaintenanceOccurrence.nullable(),
  /** Version of the window, which increases with every change. Send it as `If-Match` to change only this version. */
  version: z.number().int(),
  /** When the window was created. */
  createdAt: Instant,
  /** When the window was last changed. */
  updatedAt: Instant,
  /** Name of who changed the window last; null when it is not known. */
  updatedBy: z.string().nullable(),
});
export type MaintenanceWindow = z.infer<typeof MaintenanceWindow>;

/** Which maintenance windows to list. */
export const MaintenanceWindowsQuery = z.strictObject({
  /** Only windows whose scope has this device. */
  deviceId: Id.optional(),
});
export type MaintenanceWindowsQuery = z.infer<typeof MaintenanceWindowsQuery>;

/** All maintenance windows that the caller reaches, in the natural order of their names. */
export const MaintenanceWindows = z.object({
  /** The windows. */
  items: z.array(MaintenanceWindow),
});
export type MaintenanceWindows = z.infer<typeof MaintenanceWindows>;

const input = {
  /** Name of the window. */
  name: name(100),
  /** Why there is maintenance. */
  note: lines(2_000),
  scope: MaintenanceScope,
  schedule: MaintenanceSchedule,
  /** False for a window that never opens. */
  isEnabled: z.boolean(),
};

/** A maintenance window to create. */
export const NewMaintenanceWindow = z.strictObject({
  ...input,
  /** Why there is maintenance. */
  note: input.note.default(""),
  /** False for a window that never opens. */
  isEnabled: input.isEnabled.default(true),
});
export type NewMaintenanceWindow = z.infer<typeof NewMaintenanceWindow>;

/** A field that is left out stays as it is. */
export const MaintenanceWindowChange = z.strictObject(input).partial();
export type MaintenanceWindowChange = z.infer<typeof MaintenanceWindowChange>;

/** A schedule whose times are computed before it is stored. */
export const MaintenancePreviewQuery = z.strictObject({ schedule: MaintenanceSchedule });

/** The next times of a schedule, earliest first. */
export const MaintenancePreview = z.object({
  /** The times that are not over yet, 5 at most. */
  items: z.array(MaintenanceOccurrence),
});
export type MaintenancePreview = z.infer<typeof MaintenancePreview>;

/** For which time the occurrences of windows are listed. */
export const MaintenanceCalendarQuery = z.strictObject({
  /** Start of the time. */
  from: AnyInstant,
  /** End of the time, 92 days after its start at most. */
  to: AnyInstant,
});
export type MaintenanceCalendarQuery = z.infer<typeof MaintenanceCalendarQuery>;

/** Occurrences of the windows that the caller reaches, earliest first. */
export const MaintenanceCalendar = z.object({
  /** The occurrences, 1,000 at most. */
  items: z.array(
    MaintenanceOccurrence.extend({
      /** Id of the window. */
      windowId: Id,
      /** Name of the window. */
      name: z.string(),
    }),
  ),
});
export type MaintenanceCalendar = z.infer<typeof MaintenanceCalendar>;
