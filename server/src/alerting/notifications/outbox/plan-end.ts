import type { Transaction } from "kysely";
import type { MakeId } from "../../../platform/crypto/ids.ts";
import type { Tables } from "../../../platform/database/tables.ts";
import type { AlarmNotice } from "../notice.ts";
import type { DeliveryRow } from "../notifications.tables.ts";
import { readUserTarget } from "./user-channels.ts";
import {
  insertDelivery,
  lockIdle,
  mergeDelivery,
  readDeliveriesOfAlarm,
  type Target,
} from "./outbox.repository.ts";
import { deliveryOf, type PlanDelivery } from "./plan-delivery.ts";

/**
 * Tells the end of an alarm, or that somebody else acknowledged it, to those who were told of its beginning. What was never tried of an
 * alarm that is over is merged with its end: then neither is sent. What was tried in vain is merged too, and the end tells both.
 */
export function createPlanEnd(deps: { now: () => number; makeId: MakeId; planDelivery: PlanDelivery }) {
  const { now, makeId, planDelivery } = deps;

  /** Returns whether the recipient may have been told. */
  async function mergeWaiting(tx: Transaction<Tables>, told: readonly DeliveryRow[]): Promise<boolean> {
    let isTold = false;
    for (const event of told) {
      if (event.state === "merged" || event.state === "dropped") continue;
      // What is being sent now is left alone: the end waits for it.
      const attempts = event.state === "waiting" ? await lockIdle(tx, event.org_id, event.message_id) : null;
      if (attempts !== null) await mergeDelivery(tx, event, now());
      if (attempts !== 0) isTold = true;
    }
    return isTold;
  }

  async function planForTarget(
    tx: Transaction<Tables>,
    notice: AlarmNotice,
    target: Target,
    told: readonly DeliveryRow[],
  ): Promise<void> {
    if (notice.kind !== "ended" || (await mergeWaiting(tx, told)))
      return planDelivery(tx, { notice, target, repetition: 0, collectMs: 0, isUrgent: true });
    const last = told.at(-1);
    if (!last) return;
    const merged = { id: makeId(), messageId: last.message_id, state: "merged" } as const;
    await insertDelivery(tx, deliveryOf({ notice, target, repetition: 0 }, merged));
  }

  return async (tx: Transaction<Tables>, notice: AlarmNotice): Promise<void> => {
    const events = await readDeliveriesOfAlarm(tx, notice.orgId, notice.alarmId);
    for (const told of byTarget(events).values()) {
      const [first] = told;
      if (!first) continue;
      const { channel_id, recipient } = first;
      if (isOwnAcknowledgement(notice, first)) continue;
      const lastEnd = told.findLastIndex(({ kind }) => kind === "ended");
      const sinceEnd = told.slice(lastEnd + 1);
      if (sinceEnd.length > 0) await planForTarget(tx, notice, { channel_id, recipient }, sinceEnd);
    }
  };
}

/** Who acknowledges an alarm knows it. */
function isOwnAcknowledgement({ kind, byUserId }: AlarmNotice, target: Target): boolean {
  return kind === "acknowledged" && byUserId !== null && readUserTarget(target)?.userId === byUserId;
}

function byTarget(events: readonly DeliveryRow[]): Map<string, DeliveryRow[]> {
  return Map.groupBy(events, ({ channel_id, recipient }) => `${channel_id} ${recipient}`);
}
