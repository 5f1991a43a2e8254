import { HELP_REQUEST_TYPE } from "@muster/shared/alarms/inhibition.ts";
import { MAX_SUPPORT_ALARMS, MAX_SUPPORT_REQUESTS } from "@muster/shared/contracts/device-support.ts";
import type { Kysely, Transaction } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";
import type { AlarmRow } from "../alarms/alarms.tables.ts";
import type { HelpMessageRow, HelpRequestRow } from "./help-requests.tables.ts";

type Reader = Kysely<Tables>;
type Writer = Transaction<Tables>;
type DeviceKey = { orgId: string; deviceId: string };

/** What a help request takes from its alarm. */
export type RequestWithAlarm = HelpRequestRow &
  Pick<AlarmRow, "ended_at" | "end_reason" | "ended_by" | "acknowledged_by" | "assignee_name">;

/** The help request with the id that its device chose. */
export function findRequestOfDevice(
  db: Reader,
  { orgId, deviceId }: DeviceKey,
  id: string,
): Promise<HelpRequestRow | undefined> {
  return db
    .selectFrom("help_requests")
    .selectAll()
    .where("org_id", "=", orgId)
    .where("device_id", "=", deviceId)
    .where("id", "=", id)
    .executeTakeFirst();
}

/** The help request of an alarm. Whether the tenant reaches the alarm is for the caller to know. */
export function findRequestOfAlarm(
  db: Reader,
  orgId: string,
  alarmId: string,
): Promise<HelpRequestRow | undefined> {
  return db
    .selectFrom("help_requests")
    .selectAll()
    .where("org_id", "=", orgId)
    .where("alarm_id", "=", alarmId)
    .executeTakeFirst();
}

/** The newest help requests of a device, newest first. */
export function readRequestsOfDevice(
  db: Reader,
  { orgId, deviceId }: DeviceKey,
): Promise<RequestWithAlarm[]> {
  return db
    .selectFrom("help_requests")
    .innerJoin("alarms", "alarms.id", "help_requests.alarm_id")
    .selectAll("help_requests")
    .select([
      "alarms.ended_at",
      "alarms.end_reason",
      "alarms.ended_by",
      "alarms.acknowledged_by",
      "alarms.assignee_name",
    ])
    .where("help_requests.org_id", "=", orgId)
    .where("help_requests.device_id", "=", deviceId)
    .orderBy("help_requests.received_at", "desc")
    .orderBy("help_requests.alarm_id", "desc")
    .limit(MAX_SUPPORT_REQUESTS)
    .execute();
}

/** How many help requests of a device are open. */
export async function countOpenRequests(db: Reader, { orgId, deviceId }: DeviceKey): Promise<number> {
  const { requests } = await db
    .selectFrom("help_requests")
    .innerJoin("alarms", "alarms.id", "help_requests.alarm_id")
    .select((count) => count.fn.countAll<number | string>().as("requests"))
    .where("help_requests.org_id", "=", orgId)
    .where("help_requests.device_id", "=", deviceId)
    .where("alarms.ended_at", "is", null)
    .executeTakeFirstOrThrow();
  return Number(requests);
}

/** Help requests and messages that the device sent since a time. */
export async function countSentSince(
  db: Reader,
  { orgId, deviceId }: DeviceKey,
  since: number,
): Promise<number> {
  const { requests } = await db
    .selectFrom("help_requests")
    .select((count) => count.fn.countAll<number | string>().as("requests"))
    .where("org_id", "=", orgId)
    .where("device_id", "=", deviceId)
    .where("received_at", ">", since)
    .executeTakeFirstOrThrow();
  const { messages } = await db
    .selectFrom("help_messages")
    .innerJoin("help_requests", "help_requests.alarm_id", "help_messages.alarm_id")
    .select((count) => count.fn.countAll<number | string>().as("messages"))
    .where("help_requests.org_id", "=", orgId)
    .where("help_requests.device_id", "=", deviceId)
    .where("help_messages.is_from_it", "=", 0)
    .where("help_messages.at", ">", since)
    .executeTakeFirstOrThrow();
  return Number(requests) + Number(messages);
}

/** The messages of these alarms, oldest first. */
export async function readMessages(
  db: Reader,
  orgId: string,
  alarmIds: readonly string[],
): Promise<HelpMessageRow[]> {
  if (alarmIds.length === 0) return [];
  return db
    .selectFrom("help_messages")
    .selectAll()
    .where("org_id", "=", orgId)
    .where("alarm_id", "in", alarmIds)
    .orderBy("at")
    .orderBy("id")
    .execute();
}

export async function insertRequest(tx: Writer, row: HelpRequestRow): Promise<void> {
  await tx.insertInto("help_requests").values(row).execute();
}

export async function insertMessage(tx: Writer, row: HelpMessageRow): Promise<void> {
  await tx.insertInto("help_messages").values(row).execute();
}

/** Notes when messages of IT arrived or were read. The first time stays. Returns how many messages changed. */
export async function noteReceipts(
  tx: Writer,
  { orgId, alarmId }: { orgId: string; alarmId: string },
  receipt: { column: "delivered_at" | "read_at"; ids: readonly string[]; at: number },
): Promise<number> {
  if (receipt.ids.length === 0) return 0;
  const { numUpdatedRows } = await tx
    .updateTable("help_messages")
    .set({ [receipt.column]: receipt.at })
    .where("org_id", "=", orgId)
    .where("alarm_id", "=", alarmId)
    .where("is_from_it", "=", 1)
    .where("id", "in", receipt.ids)
    .where(receipt.column, "is", null)
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

/** Open alarms about a device that were announced, the worst and newest first, without help requests. */
export function readOpenAlarms(db: Reader, { orgId, deviceId }: DeviceKey): Promise<AlarmRow[]> {
  return db
    .selectFrom("alarms")
    .selectAll()
    .where("org_id", "=", orgId)
    .where("device_id", "=", deviceId)
    .where("ended_at", "is", null)
    .where("is_told", "=", 1)
    .where("type", "!=", HELP_REQUEST_TYPE)
    .orderBy("severity_rank", "desc")
    .orderBy("opened_at", "desc")
    .orderBy("id", "desc")
    .limit(MAX_SUPPORT_ALARMS)
    .execute();
}

/** The devices that alarms are about. */
export async function readDevicesOfAlarms(
  db: Reader,
  orgId: string,
  alarmIds: readonly string[],
): Promise<string[]> {
  const rows = await db
    .selectFrom("alarms")
    .select("device_id")
    .distinct()
    .where("org_id", "=", orgId)
    .where("id", "in", alarmIds)
    .execute();
  return rows.flatMap(({ device_id }) => (device_id === null ? [] : [device_id]));
}
