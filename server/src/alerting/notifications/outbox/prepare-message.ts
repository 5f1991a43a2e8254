import type { Kysely } from "kysely";
import { type MemberContact, readMemberContacts } from "../../../identity/index.ts";
import type { Store } from "../../../platform/database/store.ts";
import type { Tables } from "../../../platform/database/tables.ts";
import { hasRole } from "../../../platform/http/access.ts";
import { reaches } from "../../../platform/tenant.ts";
import type { AcknowledgeLinks } from "../acknowledge/acknowledge-links.ts";
import { findChannel, writeChannelHealth } from "../channels/channel.repository.ts";
import { MAX_LISTED_EVENTS } from "../channels/message-text.ts";
import type { MessageEvent, OutgoingMessage, SendResult } from "../channels/outgoing-message.ts";
import type { SendMail, SendOverChannel } from "../channels/send-over-channel.ts";
import { type UserNote, noteTextOf, readNote } from "../notes/user-note.ts";
import type { DescribeAlarm, FindAlarm, NoticeAlarm } from "../notice.ts";
import type { DeliveryRow, MessageRow } from "../notifications.tables.ts";
import { findPushSubscription } from "../push/push-subscription.repository.ts";
import { recordPushResult } from "../push/record-push-result.ts";
import type { SendPush } from "../push/send-push.ts";
import { readUserTarget, type UserTarget } from "./user-channels.ts";
import type { PreparedMessage, PrepareMessage } from "./send-message.ts";

type Deps = {
  store: Store;
  now: () => number;
  publicUrl: string;
  findAlarm: FindAlarm;
  describeAlarm: DescribeAlarm;
  links: AcknowledgeLinks;
  sendMail: SendMail;
  sendOverChannel: SendOverChannel;
  sendPush: SendPush;
};

/** How a user is told. */
type UserWay = {
  send(message: OutgoingMessage, signal: AbortSignal): Promise<SendResult>;
  onResult?: NonNullable<PreparedMessage["onResult"]>;
};

type Content = Pick<PreparedMessage, "unneeded"> & { message: OutgoingMessage };

/**
 * Creates what puts a message together at the time of sending: the alarms, the recipient and the channel as they are then. Somebody who left, or who
 * no longer sees the customer, is not told.
 */
export function createPrepareMessage(deps: Deps): PrepareMessage {
  const { store, now, sendMail, sendOverChannel, sendPush } = deps;

  /** What sends to a user: a mail, or a push notification. Null when the browser is gone. */
  async function readWay(
    row: MessageRow,
    contact: MemberContact,
    subscriptionId: string | null,
  ): Promise<UserWay | null> {
    const to = { name: contact.name, address: contact.email };
    if (subscriptionId === null) return { send: (message, signal) => sendMail(to, message, signal) };
    const subscription = await findPushSubscription(store.read, row.org_id, subscriptionId);
    if (!subscription) return null;
    return {
      send: (message, signal) => sendPush(subscription, message, signal),
      onResult: (tx, result) => recordPushResult(tx, subscription, { result, at: now() }),
    };
  }

  async function prepareForUser(
    row: MessageRow,
    { userId, subscriptionId }: UserTarget,
    deliveries: readonly DeliveryRow[],
  ): Promise<PreparedMessage> {
    const contacts = await readMemberContacts(store.read, row.org_id);
    const contact = contacts.find((one) => one.userId === userId);
    const way = contact && (await readWay(row, contact, subscriptionId));
    if (!contact || !way) return { unneeded: deliveries.map(({ id }) => id), send: null };
    if (row.note !== null) return prepareNote(row, readNote(row.note), { contact, way });
    const tenant = { orgId: row.org_id, customerIds: contact.customerIds };
    const alarms = await readAlarms(deps.findAlarm, store.read, row.org_id, deliveries);
    const allowed = deliveries.filter(({ alarm_id }) => {
      const alarm = alarms.get(alarm_id);
      return alarm && reaches(tenant, alarm.customer_id);
    });
    const language = contact.language ?? "en";
    // A push notification leads to the page of the alarm, where its reader is signed in.
    const linked = subscriptionId === null ? contact : undefined;
    const content = await contentOf(deps, row, { deliveries: allowed, alarms, language, contact: linked });
    const unneeded = [...content.unneeded, ...without(deliveries, allowed)];
    return { unneeded, ...sendingOf(way, content.message) };
  }

  function prepareNote(
    { org_id: orgId, id, created_at: createdAt }: MessageRow,
    note: UserNote,
    { contact, way }: { contact: MemberContact; way: UserWay },
  ): PreparedMessage {
    if (!reaches({ orgId, customerIds: contact.customerIds }, note.customerId)) {
      return { unneeded: [], send: null };
    }
    const language = contact.language ?? "en";
    const text = noteTextOf(note, language);
    const none = { events: [], testOf: null, confirmUrl: null };
    const message = { id, language, publicUrl: deps.publicUrl, createdAt, ...none, note: text };
    return { unneeded: [], ...sendingOf(way, message) };
  }

  return async (row, deliveries) => {
    const user = readUserTarget(row);
    if (user) return prepareForUser(row, user, deliveries);
    const channel = await findChannel(store.read, row.org_id, row.channel_id);
    if (!channel || channel.is_enabled === 0) return { unneeded: deliveries.map(({ id }) => id), send: null };
    const alarms = await readAlarms(deps.findAlarm, store.read, row.org_id, deliveries);
    const content = await contentOf(deps, row, { deliveries, alarms, language: channel.language });
    if (content.message.events.length === 0) return { unneeded: content.unneeded, send: null };
    return {
      unneeded: content.unneeded,
      send: (signal) => sendOverChannel(channel, row.recipient, content.message, signal),
      onResult: (tx, { outcome }) =>
        writeChannelHealth(
          tx,
          { orgId: row.org_id, channelId: row.channel_id },
          { isSent: outcome === "sent", at: now() },
        ),
    };
  };
}

/** Nothing is sent when no event is left that the user may see. */
function sendingOf(way: UserWay, message: OutgoingMessage): Omit<PreparedMessage, "unneeded"> {
  if (message.events.length === 0 && !message.note) return { send: null };
  const { send, onResult } = way;
  return { send: (signal) => send(message, signal), ...(onResult && { onResult }) };
}

async function contentOf(
  deps: Deps,
  row: MessageRow,
  given: {
    deliveries: readonly DeliveryRow[];
    alarms: ReadonlyMap<string, NoticeAlarm>;
    language: OutgoingMessage["language"];
    contact?: MemberContact | undefined;
  },
): Promise<Content> {
  const { publicUrl } = deps;
  const { deliveries, alarms, language, contact } = given;
  const events: MessageEvent[] = [];
  for (const delivery of deliveries) {
    const alarm = alarms.get(delivery.alarm_id);
    if (!alarm) continue;
    events.push({
      kind: delivery.kind,
      eventNumber: delivery.event_number,
      at: delivery.at,
      severity: delivery.severity,
      alarm: messageAlarmOf(alarm, deps.describeAlarm(alarm, language)),
      // Nobody sees the links of events that are only counted.
      acknowledgeUrl: events.length < MAX_LISTED_EVENTS ? await acknowledgeUrlOf(deps, alarm, contact) : null,
    });
  }
  const unneeded = deliveries.filter(({ alarm_id }) => !alarms.has(alarm_id)).map(({ id }) => id);
  const { id, created_at } = row;
  return {
    unneeded,
    message: { id, language, publicUrl, createdAt: created_at, events, testOf: null, confirmUrl: null },
  };
}

async function readAlarms(
  findAlarm: FindAlarm,
  db: Kysely<Tables>,
  orgId: string,
  deliveries: readonly DeliveryRow[],
): Promise<Map<string, NoticeAlarm>> {
  const alarms = new Map<string, NoticeAlarm>();
  for (const alarmId of new Set(deliveries.map(({ alarm_id }) => alarm_id))) {
    const alarm = await findAlarm(db, orgId, alarmId);
    if (alarm) alarms.set(alarmId, alarm);
  }
  return alarms;
}

/** Only for who may acknowledge in the dashboard too, and only while there is something to acknowledge. */
async function acknowledgeUrlOf(
  { links }: Deps,
  alarm: NoticeAlarm,
  contact: MemberContact | undefined,
): Promise<string | null> {
  if (!contact || !hasRole(contact.role, "operator")) return null;
  if (alarm.ended_at !== null || alarm.acknowledged_at !== null) return null;
  return links.urlFor({ orgId: alarm.org_id, alarmId: alarm.id, userId: contact.userId });
}

function messageAlarmOf(alarm: NoticeAlarm, texts: { title: string; sentence: string }) {
  return {
    id: alarm.id,
    type: alarm.type,
    severity: alarm.severity,
    ...texts,
    deviceId: alarm.device_id,
    deviceName: alarm.device_name,
    ruleId: alarm.rule_id,
    ruleName: alarm.rule_name,
    customerId: alarm.customer_id,
    openedAt: alarm.opened_at,
    endedAt: alarm.ended_at,
    acknowledgedAt: alarm.acknowledged_at,
    acknowledgedBy: alarm.acknowledged_by,
  };
}

function without(all: readonly DeliveryRow[], some: readonly DeliveryRow[]): string[] {
  const kept = new Set(some);
  return all.filter((delivery) => !kept.has(delivery)).map(({ id }) => id);
}
