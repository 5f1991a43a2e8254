/** The type of alarm that a help request of a local user opens. */
export const HELP_REQUEST_TYPE = "help-request";

/** Types that nothing keeps quiet: somebody may be using a credential or right that is not theirs, or waits for an answer. */
export const NEVER_MUTED_TYPES: ReadonlySet<string> = new Set([
  "clone-suspected",
  "credential",
  "role",
  HELP_REQUEST_TYPE,
]);

/** Types about the values of a device, which are told by its absence while it is offline. */
export const VALUE_TYPES: ReadonlySet<string> = new Set([
  "metric",
  "health",
  "attention",
  "disk-full",
  "unusual",
]);

/** The type of alarm that keeps the values of its device quiet. */
export const OFFLINE_TYPE = "offline";

/** Why nobody is told of an alarm; null when nothing prevents it. */
export type MuteCause = "maintenance" | "device-offline" | "dependency";

/** What keeps alarms about a device quiet. */
export type DeviceMuting = {
  isInMaintenance: boolean;
  hasOfflineAlarm: boolean;
  /** A device that it depends on, directly or not, is absent, or was until a moment ago. */
  lacksDependency: boolean;
};

/** What keeps an alarm of this type quiet, given the state of its device. */
export function muteCauseOf(type: string, device: DeviceMuting): MuteCause | null {
  if (NEVER_MUTED_TYPES.has(type)) return null;
  if (device.isInMaintenance) return "maintenance";
  if (device.hasOfflineAlarm && VALUE_TYPES.has(type)) return "device-offline";
  return device.lacksDependency && (type === OFFLINE_TYPE || VALUE_TYPES.has(type)) ? "dependency" : null;
}
