import { createHash } from "node:crypto";

/** The key of an outage: of a site by its key in `fleet`, or of the whole organization. There is one of each at most. */
export function outageKeyOf(site: string | null): string {
  return site === null ? "outage" : `outage:${site}`;
}

/** The key of what a rule says of one instance of a device. An instance may be long, so only its hash is in the key. */
export function ruleKeyOf(alarm: { ruleId: string; deviceId: string; instance: string | null }): string {
  const { ruleId, deviceId, instance } = alarm;
  const suffix = instance === null ? "" : `:${createHash("sha256").update(instance).digest("base64url")}`;
  return `rule:${ruleId}:${deviceId}${suffix}`;
}

/**
 * The key of a reported alarm, within what it is about: so that a member who is limited to a customer neither learns of nor closes an alarm
 * of another one by its key.
 */
export function reportedKeyOf(reported: {
  key: string;
  deviceId: string | null;
  customerId: string | null;
}): string {
  return `reported:${reported.deviceId ?? reported.customerId ?? ""}:${reported.key}`;
}

const CHANNEL_PREFIX = "channel:";

/** The key of a channel that fails. */
export function channelKeyOf(channelId: string): string {
  return CHANNEL_PREFIX + channelId;
}

/** The channel of such a key. */
export function channelOfKey(key: string): string {
  return key.slice(CHANNEL_PREFIX.length);
}

/** The key of a help request, whose id is chosen by its device. */
export function helpKeyOf(request: { deviceId: string; id: string }): string {
  return `help:${request.deviceId}:${request.id}`;
}
