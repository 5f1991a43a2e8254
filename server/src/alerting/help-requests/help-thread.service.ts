import {
  HelpDiagnostics,
  type HelpMessage,
  type HelpThread,
  MAX_HELP_MESSAGES,
  type NewHelpAnswer,
} from "@muster/shared/contracts/device-support.ts";
import type { Kysely } from "kysely";
import type { Audit } from "../../identity/index.ts";
import type { Clock } from "../../platform/clock.ts";
import type { MakeId } from "../../platform/crypto/ids.ts";
import type { Store } from "../../platform/database/store.ts";
import type { Tables } from "../../platform/database/tables.ts";
import { MusterError } from "../../platform/errors.ts";
import { toInstant, toNullableInstant } from "../../platform/instant.ts";
import type { Tenant } from "../../platform/tenant.ts";
import { findAlarm } from "../alarms/alarm.repository.ts";
import { type ActsBy, auditNameOf } from "../alarms/alarm.service.ts";
import { actionStep } from "../alarms/alarm-actions.ts";
import type { AlarmRow } from "../alarms/alarms.tables.ts";
import type { ChangeAlarm } from "../alarms/change-alarm.ts";
import { findRequestOfAlarm, insertMessage, readMessages } from "./help-request.repository.ts";
import type { HelpMessageRow, HelpRequestRow } from "./help-requests.tables.ts";

/** Help requests as members read and answer them. */
export type HelpThreads = {
  /** Throws `not-found`. */
  get(tenant: Tenant, alarmId: string): Promise<HelpThread>;
  /** Acknowledges the alarm if nobody has. Throws `not-found`, and `conflict` when it is closed or its thread is full. */
  answer(tenant: Tenant, alarmId: string, answer: NewHelpAnswer, by: ActsBy): Promise<HelpThread>;
};

export type HelpThreadsDeps = {
  store: Store;
  clock: Clock;
  makeId: MakeId;
  audit: Pick<Audit, "record">;
  change: ChangeAlarm;
  publish(orgId: string, alarmIds: readonly string[]): void;
};

export function createHelpThreads(deps: HelpThreadsDeps): HelpThreads {
  const { store, clock, makeId, audit, change, publish } = deps;

  async function get(tenant: Tenant, alarmId: string): Promise<HelpThread> {
    const alarm = await findAlarm(store.read, tenant, alarmId);
    const request = alarm && (await findRequestOfAlarm(store.read, tenant.orgId, alarmId));
    if (!alarm || !request) throw notFound();
    return toThread(alarm, request, await readMessages(store.read, tenant.orgId, [alarmId]));
  }

  return {
    get,
    async answer(tenant, alarmId, { text }, by) {
      const { orgId } = tenant;
      await store.transaction(async (tx) => {
        const at = clock.now();
        const alarm = await change(tx, tenant, alarmId, (row) => {
          if (row.ended_at !== null) throw conflict("The help request is closed.");
          if (row.acknowledged_at !== null) return null;
          const outcome = actionStep(row, { kind: "acknowledge" }, { at, by: by.actor });
          return "refused" in outcome ? null : outcome;
        });
        if (!alarm || !(await findRequestOfAlarm(tx, orgId, alarmId))) throw notFound();
        await assertRoom(tx, orgId, alarmId);
        await insertMessage(tx, {
          alarm_id: alarmId,
          org_id: orgId,
          id: makeId(),
          is_from_it: 1,
          author: by.actor.name,
          text,
          at,
          delivered_at: null,
          read_at: null,
        });
        await audit.record(tx, {
          orgId,
          action: "alarm.answered",
          subject: { type: "alarm", id: alarmId, name: auditNameOf(alarm) },
          customerId: alarm.customer_id,
          ...by,
        });
      });
      publish(orgId, [alarmId]);
      return get(tenant, alarmId);
    },
  };
}

async function assertRoom(db: Kysely<Tables>, orgId: string, alarmId: string): Promise<void> {
  if ((await readMessages(db, orgId, [alarmId])).length < MAX_HELP_MESSAGES) return;
  throw conflict("The thread is full. Resolve the alarm, and ask for a new help request.");
}

function toThread(alarm: AlarmRow, request: HelpRequestRow, messages: readonly HelpMessageRow[]): HelpThread {
  const { device_id, device_name } = alarm;
  return {
    alarmId: alarm.id,
    device: device_id === null ? null : { id: device_id, name: device_name ?? device_id },
    askedBy: request.asked_by,
    askedAt: toInstant(request.asked_at),
    text: request.text,
    state: alarm.ended_at === null ? "open" : "closed",
    takenBy: takenByOf(alarm),
    diagnostics: request.diagnostics === null ? null : HelpDiagnostics.parse(JSON.parse(request.diagnostics)),
    messages: messages.map(toMessage),
  };
}

/** Who takes care of an alarm: the member it is assigned to, or who acknowledged it. */
export function takenByOf(alarm: Pick<AlarmRow, "assignee_name" | "acknowledged_by">): string | null {
  return alarm.assignee_name ?? alarm.acknowledged_by;
}

function toMessage(row: HelpMessageRow): HelpMessage {
  return {
    id: row.id,
    isFromIt: row.is_from_it === 1,
    author: row.author,
    text: row.text,
    at: toInstant(row.at),
    deliveredAt: toNullableInstant(row.delivered_at),
    readAt: toNullableInstant(row.read_at),
  };
}

function conflict(message: string): MusterError {
  return new MusterError("conflict", message);
}

function notFound(): MusterError {
  return new MusterError("not-found", "There is no such help request.");
}
