import { z } from "zod";

/**
 * Why an alarm ended. Each has its words in `i18n/<language>/alarms.messages.ts`.
 * - cleared: the condition no longer holds, or the reporter closed it
 * - resolved: a user closed it by hand
 * - channel-off: the channel that failed was switched off or deleted
 * - withdrawn: the person who asked for help needs it no more
 * - device-archived, device-removed: its device was archived or deleted
 * - rule-changed: the rule no longer says so
 * - rule-off: the rule was switched off
 * - rule-removed: the rule was deleted
 * - replaced: another alarm stands for it
 */
export const AlarmEndReason = z.enum([
  "cleared",
  "resolved",
  "withdrawn",
  "device-archived",
  "device-removed",
  "rule-changed",
  "rule-off",
  "rule-removed",
  "replaced",
  "channel-off",
]);
export type AlarmEndReason = z.infer<typeof AlarmEndReason>;
