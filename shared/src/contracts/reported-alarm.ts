import { z } from "zod";
import { Id } from "../ids.ts";
import { AlarmSeverity } from "./alarm.ts";
import { line } from "./text.ts";

const MAX_TITLE_LENGTH = 200;

/**
 * An alarm from outside. The same key again counts up, and `state: "ended"` closes it. A key stands for one alarm of its device, of its
 * customer, or of the organization.
 */
export const ReportedAlarm = z.strictObject({
  /** Identifies what is wrong, such as `backup/web-103`. */
  key: line(200),
  /** Whether it holds or is over. */
  state: z.enum(["open", "ended"]).default("open"),
  severity: AlarmSeverity.default("warning"),
  /** What is wrong, in one line. */
  text: line(MAX_TITLE_LENGTH),
  /** The device that it is about. */
  deviceId: Id.optional(),
  /** The customer that it is about, when it is not about a device. */
  customerId: Id.optional(),
});
export type ReportedAlarm = z.infer<typeof ReportedAlarm>;

/** What became of reported alarms. */
export const ReportedAlarms = z.object({
  /** The alarms that the request opened, counted up or ended; none for the end of what was not open. */
  alarms: z.array(
    z.object({
      id: Id,
      /** The key as it was sent. */
      key: z.string(),
      /** Whether it is still open. */
      state: z.enum(["open", "ended"]),
    }),
  ),
});
export type ReportedAlarms = z.infer<typeof ReportedAlarms>;

/** What all alarms of a notification are about. */
export const AlertmanagerQuery = z.object({
  /** The device that they are about. */
  deviceId: Id.optional(),
  /** The customer that they are about, when they are not about a device. */
  customerId: Id.optional(),
});
export type AlertmanagerQuery = z.infer<typeof AlertmanagerQuery>;

const labels = z.record(z.string().max(200), z.string().max(4_000));
/** Most alerts of one notification of Alertmanager. */
export const MAX_ALERTMANAGER_ALERTS = 500;

/** One alert of Alertmanager. */
export const AlertmanagerAlert = z.looseObject({
  /** Whether it holds or is over. */
  status: z.enum(["firing", "resolved"]),
  /** Its labels; `severity`, `alertname` and `instance` are read. */
  labels,
  /** Its texts; `summary` and `description` are read. */
  annotations: labels.default({}),
  /** Identifies it. */
  fingerprint: line(100),
});
export type AlertmanagerAlert = z.infer<typeof AlertmanagerAlert>;

/** What Alertmanager posts to a webhook, version 4. Fields that are not named here are ignored. */
export const AlertmanagerNotification = z.looseObject({
  /** Version of the form. */
  version: z.literal("4"),
  alerts: z.array(AlertmanagerAlert).max(MAX_ALERTMANAGER_ALERTS),
});
export type AlertmanagerNotification = z.infer<typeof AlertmanagerNotification>;
