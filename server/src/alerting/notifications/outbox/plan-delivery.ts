import type { Transaction } from "kysely";
import type { MakeId } from "../../../platform/crypto/ids.ts";
import type { Tables } from "../../../platform/database/tables.ts";
import type { AlarmNotice } from "../notice.ts";
import type { DeliveryRow, MessageRow } from "../notifications.tables.ts";
import {
  insertDelivery,
  insertMessage,
  lockForEvent,
  readRecentMessages,
  type Target,
} from "./outbox.repository.ts";
import { DIGEST_PERIOD_MS, planMessage } from "./plan-message.ts";
import { GIVE_UP_AFTER_MS } from "./retry-delay.ts";

/** Events of one message; a digest of more is several messages. */
const MAX_DELIVERIES = 200;

export type DeliveryPlan = {
  notice: AlarmNotice;
  target: Target;
  repetition: number;
  /** What follows a message within this time is collected. */
  collectMs: number;
  /** True for what is never collected. */
  isUrgent: boolean;
};

/** Stores that an event is told to a recipient, in the transaction of the event. An event that is planned already changes nothing. */
export type PlanDelivery = (tx: Transaction<Tables>, plan: DeliveryPlan) => Promise<void>;

export function createPlanDelivery({ now, makeId }: { now: () => number; makeId: MakeId }): PlanDelivery {
  async function chooseMessage(tx: Transaction<Tables>, plan: DeliveryPlan): Promise<MessageRow | string> {
    const { notice, target, collectMs, isUrgent } = plan;
    const at = now();
    const since = at - Math.max(collectMs, DIGEST_PERIOD_MS);
    const recent = await readRecentMessages(tx, notice.orgId, target, since);
    const planned = planMessage(recent, { now: at, collectMs, isUrgent });
    if (!("join" in planned)) return newMessage(plan, planned);
    if (await lockForEvent(tx, notice.orgId, planned.join, MAX_DELIVERIES)) return planned.join;
    const open = recent.find(({ id }) => id === planned.join);
    return newMessage(plan, { plannedAt: open?.planned_at ?? at, isCollecting: true });
  }

  function newMessage(
    { notice, target, isUrgent }: DeliveryPlan,
    { plannedAt, isCollecting }: { plannedAt: number; isCollecting: boolean },
  ): MessageRow {
    return {
      id: makeId(),
      org_id: notice.orgId,
      ...target,
      state: "waiting",
      due_at: plannedAt,
      planned_at: plannedAt,
      is_collecting: isCollecting ? 1 : 0,
      is_urgent: isUrgent ? 1 : 0,
      attempts: 0,
      lease_token: null,
      created_at: now(),
      give_up_at: plannedAt + GIVE_UP_AFTER_MS,
      ended_at: null,
      note: null,
    };
  }

  return async (tx, plan) => {
    const message = await chooseMessage(tx, plan);
    const messageId = typeof message === "string" ? message : message.id;
    const isNew = await insertDelivery(tx, deliveryOf(plan, { id: makeId(), messageId, state: "waiting" }));
    if (isNew && typeof message !== "string") await insertMessage(tx, message);
  };
}

/** The row of a delivery. */
export function deliveryOf(
  { notice, target, repetition }: Pick<DeliveryPlan, "notice" | "target" | "repetition">,
  { id, messageId, state }: { id: string; messageId: string; state: DeliveryRow["state"] },
): DeliveryRow {
  const { orgId, alarmId, eventNumber, kind, at, alarm } = notice;
  return {
    id,
    org_id: orgId,
    message_id: messageId,
    alarm_id: alarmId,
    event_number: eventNumber,
    repetition,
    kind,
    severity: alarm.severity,
    customer_id: alarm.customer_id,
    channel_id: target.channel_id,
    recipient: target.recipient,
    state,
    at,
  };
}
