import { CHANNEL_FAILING_TYPE } from "@muster/shared/alarms/inhibition.ts";
import type { NoticeAlarm } from "../notice.ts";
import type { Target } from "../outbox/outbox.repository.ts";

/** These receivers, without those of the channel that an alarm says is failing. */
export function withoutFailing(
  { type, facts }: Pick<NoticeAlarm, "type" | "facts">,
  targets: Target[],
): Target[] {
  if (type !== CHANNEL_FAILING_TYPE) return targets;
  const { channelId }: { channelId?: string } = JSON.parse(facts);
  return targets.filter(({ channel_id }) => channel_id !== channelId);
}
