import { HELP_REQUEST_TYPE } from "@muster/shared/alarms/inhibition.ts";
import {
  type HelpReceipts,
  MAX_HELP_MESSAGES,
  MAX_HELP_MESSAGES_PER_HOUR,
  MAX_OPEN_HELP_REQUESTS,
  type NewDeviceHelpMessage,
  type NewHelpRequest,
} from "@muster/shared/contracts/device-support.ts";
import { toLine } from "@muster/shared/contracts/text.ts";
import type { Transaction } from "kysely";
import type { DeviceTarget, FindDeviceTargets } from "../../fleet/index.ts";
import type { Actor } from "../../identity/index.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Store } from "../../platform/database/store.ts";
import type { Tables } from "../../platform/database/tables.ts";
import { isUniqueViolation } from "../../platform/database/unique-violation.ts";
import { MusterError } from "../../platform/errors.ts";
import type { DeviceCaller } from "../../platform/http/caller.ts";
import { wholeOrganization } from "../../platform/tenant.ts";
import { actionStep } from "../alarms/alarm-actions.ts";
import { helpKeyOf } from "../alarms/alarm-key.ts";
import { cleared } from "../alarms/alarm-machine.ts";
import type { AlarmRow } from "../alarms/alarms.tables.ts";
import type { ApplyReports, ReportedKind } from "../alarms/apply-reports.ts";
import type { ChangeAlarm } from "../alarms/change-alarm.ts";
import {
  countOpenRequests,
  countSentSince,
  findRequestOfDevice,
  insertMessage,
  insertRequest,
  noteReceipts,
  readMessages,
} from "./help-request.repository.ts";
import type { HelpRequestRow } from "./help-requests.tables.ts";

/** What a device does about help requests of its local users. Each call may be repeated. */
export type HelpRequests = {
  /** Opens an alarm. Throws `conflict` beyond the number of open requests or of messages within an hour. */
  ask(device: DeviceCaller, request: NewHelpRequest, requestId: string): Promise<void>;
  /** Throws `not-found`, and `conflict` when the request is closed or there are too many messages. */
  reply(device: DeviceCaller, id: string, message: NewDeviceHelpMessage): Promise<void>;
  /** Ends the alarm. Throws `not-found`. */
  close(device: DeviceCaller, id: string): Promise<void>;
  /** Throws `not-found`. */
  note(device: DeviceCaller, id: string, receipts: HelpReceipts): Promise<void>;
};

export type HelpRequestsDeps = {
  store: Store;
  clock: Clock;
  findTargets: FindDeviceTargets;
  apply: ApplyReports;
  change: ChangeAlarm;
  publish(orgId: string, alarmIds: readonly string[]): void;
};

const KIND: ReportedKind = {
  type: HELP_REQUEST_TYPE,
  keyOf: ({ deviceId }, id) => helpKeyOf({ deviceId: deviceId ?? "", id }),
};
const HOUR_MS = 3_600_000;
/** What fits into the title of an alarm. */
const MAX_TITLE_LENGTH = 120;
/** Tries until a request has seen that another one with the same id came at the same time. */
const MAX_TRIES = 2;

export function createHelpRequests(deps: HelpRequestsDeps): HelpRequests {
  const { store, clock, apply, change, publish } = deps;

  async function targetOf({ orgId, deviceId }: DeviceCaller): Promise<DeviceTarget> {
    const target = (await deps.findTargets(wholeOrganization(orgId), [deviceId])).get(deviceId);
    if (!target || target.isArchived) {
      throw new MusterError("forbidden", "This device is archived. Its users cannot ask for help.");
    }
    return target;
  }

  /** In a transaction that is repeated when the same call arrives twice at once. */
  async function once<Result>(task: (tx: Transaction<Tables>) => Promise<Result>): Promise<Result> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await store.transaction(task);
      } catch (error) {
        if (tries >= MAX_TRIES || !isUniqueViolation(error)) throw error;
      }
    }
  }

  async function assertRate(tx: Transaction<Tables>, device: DeviceCaller): Promise<void> {
    if ((await countSentSince(tx, device, clock.now() - HOUR_MS)) < MAX_HELP_MESSAGES_PER_HOUR) return;
    // Not `rate-limited`: agents would wait with their reports too.
    throw conflict(
      `A device can send ${MAX_HELP_MESSAGES_PER_HOUR} messages within an hour. Try again later.`,
    );
  }

  /** Changes the alarm of a help request. */
  async function changeOf(
    tx: Transaction<Tables>,
    { orgId, alarm_id }: { orgId: string; alarm_id: string },
    step: Parameters<ChangeAlarm>[3],
  ): Promise<AlarmRow> {
    const row = await change(tx, wholeOrganization(orgId), alarm_id, step);
    if (!row) throw notFound();
    return row;
  }

  return {
    async ask(device, { id, text, askedBy, askedAt, diagnostics }, requestId) {
      const { orgId, deviceId } = device;
      const target = await targetOf(device);
      const alarmId = await once(async (tx) => {
        if (await findRequestOfDevice(tx, device, id)) return null;
        if ((await countOpenRequests(tx, device)) >= MAX_OPEN_HELP_REQUESTS) {
          throw conflict(
            `A device can have ${MAX_OPEN_HELP_REQUESTS} open help requests. Close one of them first.`,
          );
        }
        await assertRate(tx, device);
        const at = clock.now();
        const [opened] = await apply(tx, wholeOrganization(orgId), {
          kind: KIND,
          alarms: [{ key: id, state: "open", severity: "warning", text: titleOf(text), instance: null }],
          target: { deviceId, deviceName: target.name, customerId: target.customerId },
          by: { actor: actorOf(askedBy, target), requestId },
        });
        if (!opened) throw new Error("The alarm of a help request was not opened.");
        await insertRequest(tx, {
          alarm_id: opened.row.id,
          org_id: orgId,
          device_id: deviceId,
          id,
          asked_by: askedBy,
          asked_at: Math.min(askedAt, at),
          received_at: at,
          text,
          diagnostics: diagnostics && JSON.stringify(diagnostics),
        });
        return opened.row.id;
      });
      if (alarmId !== null) publish(orgId, [alarmId]);
    },

    async reply(device, id, message) {
      const { orgId } = device;
      const target = await targetOf(device);
      const alarmId = await once(async (tx) => {
        const request = await requireRequest(tx, device, id);
        const known = await readMessages(tx, orgId, [request.alarm_id]);
        if (known.some((one) => one.id === message.id)) return null;
        if (known.length >= MAX_HELP_MESSAGES) throw conflict("The thread is full. Send a new help request.");
        await assertRate(tx, device);
        const at = clock.now();
        const acted = { at, by: actorOf(request.asked_by, target) };
        const { alarm_id } = request;
        await changeOf(tx, { orgId, alarm_id }, (row) => {
          if (row.ended_at !== null) throw conflict("The help request is closed. Send a new one.");
          const outcome = actionStep(row, { kind: "comment", note: message.text }, acted);
          if ("refused" in outcome) throw conflict("The thread is full. Send a new help request.");
          return outcome;
        });
        await insertMessage(tx, {
          alarm_id,
          org_id: orgId,
          id: message.id,
          is_from_it: 0,
          author: request.asked_by,
          text: message.text,
          at,
          delivered_at: null,
          read_at: null,
        });
        return alarm_id;
      });
      if (alarmId !== null) publish(orgId, [alarmId]);
    },

    async close(device, id) {
      const { orgId } = device;
      const target = await targetOf(device);
      const alarmId = await store.transaction(async (tx) => {
        const { alarm_id, asked_by } = await requireRequest(tx, device, id);
        const given = { at: clock.now(), reason: "withdrawn", by: actorOf(asked_by, target) } as const;
        await changeOf(tx, { orgId, alarm_id }, (row) =>
          row.ended_at === null ? cleared(row, given) : null,
        );
        return alarm_id;
      });
      publish(orgId, [alarmId]);
    },

    async note(device, id, { delivered, read }) {
      const { orgId } = device;
      const at = clock.now();
      const changed = await store.transaction(async (tx) => {
        const { alarm_id: alarmId } = await requireRequest(tx, device, id);
        // What was read has arrived too.
        const arrived = { column: "delivered_at", ids: [...new Set([...delivered, ...read])], at } as const;
        const first = await noteReceipts(tx, { orgId, alarmId }, arrived);
        const second = await noteReceipts(tx, { orgId, alarmId }, { column: "read_at", ids: read, at });
        return first + second > 0 ? alarmId : null;
      });
      if (changed !== null) publish(orgId, [changed]);
    },
  };
}

async function requireRequest(
  tx: Transaction<Tables>,
  device: DeviceCaller,
  id: string,
): Promise<HelpRequestRow> {
  const request = await findRequestOfDevice(tx, device, id);
  if (!request) throw notFound();
  return request;
}

/** The local user, for the timeline of the alarm and the audit log. */
function actorOf(askedBy: string, { id, name }: DeviceTarget): Actor {
  return { type: "device", id, name: `${askedBy} (${name})` };
}

/** The first line of a text. */
function titleOf(text: string): string {
  return toLine(text.trim().split("\n")[0] ?? "", MAX_TITLE_LENGTH) ?? "?";
}

function conflict(message: string): MusterError {
  return new MusterError("conflict", message);
}

function notFound(): MusterError {
  return new MusterError("not-found", "There is no such help request.");
}
