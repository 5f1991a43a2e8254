import { CHANNEL_FAILING_TYPE } from "@muster/shared/alarms/inhibition.ts";
import type { AlarmEndReason } from "@muster/shared/alarms/end-reasons.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Store } from "../../platform/database/store.ts";
import type { Job } from "../../platform/jobs/job.ts";
import { channelKeyOf, channelOfKey } from "../alarms/alarm-key.ts";
import { readLastingOfChannels } from "../alarms/alarm.system-repository.ts";
import type { AlarmRow } from "../alarms/alarms.tables.ts";
import type { SystemAlarms } from "../alarms/system-alarms.ts";
import { isChannelUsed, readFailingChannels, readLastSentAt } from "./failing-channels.system-repository.ts";

/**
 * Opens an alarm about a channel over which nothing was accepted for an hour, and ends it with the first success, or when the channel is
 * switched off or deleted. It is told over other channels only.
 */
export function createChannelFailingJob(deps: {
  store: Store;
  clock: Clock;
  systemAlarms: SystemAlarms;
}): Job {
  const { store, clock, systemAlarms } = deps;

  /** Null while it still fails, as far as is known. */
  async function endReasonOf({ org_id, key, opened_at }: AlarmRow): Promise<AlarmEndReason | null> {
    const channel = { orgId: org_id, channelId: channelOfKey(key) };
    if (!(await isChannelUsed(store.read, channel))) return "channel-off";
    const sentAt = await readLastSentAt(store.read, channel, opened_at);
    return sentAt === null ? null : "cleared";
  }

  return {
    name: "channel-failing",
    everyMs: 60_000,
    async run(signal) {
      for (const alarm of await readLastingOfChannels(store.read)) {
        if (signal.aborted) return;
        const reason = await endReasonOf(alarm);
        if (reason !== null) await systemAlarms.end(alarm.org_id, alarm.key, reason);
      }
      for (const { orgId, channelId, name, since } of await readFailingChannels(store.read, clock.now())) {
        if (signal.aborted) return;
        await systemAlarms.begin(orgId, {
          key: channelKeyOf(channelId),
          type: CHANNEL_FAILING_TYPE,
          severity: "warning",
          facts: { since, text: name, channelId },
        });
      }
    },
  };
}
