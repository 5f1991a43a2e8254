/** The type of alarm that a help request of a local user opens. */
export const HELP_REQUEST_TYPE = "help-request";

/** The type of alarm about a channel over which nothing is accepted. */
export const CHANNEL_FAILING_TYPE = "channel-failing";

/** The type of alarm about many devices that stopped reporting at the same time. */
export const OUTAGE_TYPE = "outage";

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
export type MuteCause = "maintenance" | "silenced" | "device-offline" | "outage" | "dependency";

/** What keeps an alarm quiet. */
export type AlarmMuting = {
  /** A silence matches it. */
  isSilenced: boolean;
  isInMaintenance: boolean;
  hasOfflineAlarm: boolean;
  /** Its device stopped reporting in an outage of its site that has an alarm of its own. */
  isInOutage: boolean;
  /** A device that it depends on, directly or not, is absent, or was until a moment ago. */
  lacksDependency: boolean;
};

/** What keeps an alarm of this type quiet, given the state of its alarm. */
export function muteCauseOf(type: string, alarm: AlarmMuting): MuteCause | null {
  if (NEVER_MUTED_TYPES.has(type)) return null;
  if (alarm.isInMaintenance) return "maintenance";
  if (alarm.isSilenced) return "silenced";
  if (alarm.hasOfflineAlarm && VALUE_TYPES.has(type)) return "device-offline";
  if (type !== OFFLINE_TYPE && !VALUE_TYPES.has(type)) return null;
  if (alarm.isInOutage) return "outage";
  return alarm.lacksDependency ? "dependency" : null;
}
