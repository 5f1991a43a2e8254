import { AlarmFacts } from "@muster/shared/contracts/alarm.ts";
import type { Delivery } from "@muster/shared/contracts/delivery.ts";
import { readMemberContacts } from "../../../identity/index.ts";
import type { Store } from "../../../platform/database/store.ts";
import { readChannels } from "../channels/channel.repository.ts";
import type { DescribeAlarm, FindAlarm } from "../notice.ts";
import type { DeliveryRow } from "../notifications.tables.ts";
import { readPushBrowsers } from "../push/push-subscription.repository.ts";

type AlarmOfDelivery = NonNullable<Delivery["alarm"]>;

/** What deliveries name, by its id. */
export type DeliveryNames = {
  alarms: ReadonlyMap<string, AlarmOfDelivery>;
  channels: ReadonlyMap<string, string>;
  users: ReadonlyMap<string, string>;
  /** Names of browsers by the push subscription. */
  browsers: ReadonlyMap<string, string>;
};

type Deps = { store: Store; findAlarm: FindAlarm; describeAlarm: DescribeAlarm };

/** Reads what deliveries of one organization name. Deliveries of a caller with a customer limit are about alarms within it. */
export async function readDeliveryNames(
  { store, findAlarm, describeAlarm }: Deps,
  orgId: string,
  rows: readonly Pick<DeliveryRow, "alarm_id">[],
): Promise<DeliveryNames> {
  const alarms = new Map<string, AlarmOfDelivery>();
  for (const alarmId of new Set(rows.map(({ alarm_id }) => alarm_id))) {
    const alarm = await findAlarm(store.read, orgId, alarmId);
    if (!alarm) continue;
    alarms.set(alarmId, {
      type: alarm.type,
      title: describeAlarm(alarm, "en").title,
      ruleName: alarm.rule_name,
      deviceName: alarm.device_name,
      instance: alarm.instance,
      facts: AlarmFacts.parse(JSON.parse(alarm.facts)),
    });
  }
  const channels = rows.length === 0 ? [] : await readChannels(store.read, orgId);
  const contacts = rows.length === 0 ? [] : await readMemberContacts(store.read, orgId);
  const browsers = rows.length === 0 ? [] : await readPushBrowsers(store.read, orgId);
  return {
    alarms,
    browsers: new Map(browsers.map(({ id, name }) => [id, name])),
    channels: new Map(channels.map(({ id, name }) => [id, name])),
    users: new Map(contacts.map(({ userId, name }) => [userId, name])),
  };
}
