import { createHash } from "node:crypto";
import type {
  DeviceAlarm,
  DeviceHelpMessage,
  DeviceHelpRequest,
  DeviceSupport,
  SupportContact,
} from "@muster/shared/contracts/device-support.ts";
import type { Store } from "../../platform/database/store.ts";
import type { DeviceCaller } from "../../platform/http/caller.ts";
import type { AlarmRow } from "../alarms/alarms.tables.ts";
import { describeAlarm } from "../alarms/describe-alarm.ts";
import {
  readMessages,
  readOpenAlarms,
  readRequestsOfDevice,
  type RequestWithAlarm,
} from "./help-request.repository.ts";
import type { HelpMessageRow } from "./help-requests.tables.ts";
import { takenByOf } from "./help-thread.service.ts";

/** Reads what a device sees of IT. */
export type ReadDeviceSupport = (device: DeviceCaller) => Promise<DeviceSupport>;

type Deps = { store: Store; findContact(orgId: string): Promise<SupportContact | null> };

/** Characters of all messages together: an agent takes answers of half a megabyte. */
const MAX_THREAD_LENGTH = 100_000;

export function createReadDeviceSupport({ store, findContact }: Deps): ReadDeviceSupport {
  return async (device) => {
    const { orgId } = device;
    const contact = await findContact(orgId);
    const alarms = await readOpenAlarms(store.read, device);
    const requests = await readRequestsOfDevice(store.read, device);
    const ids = requests.map(({ alarm_id }) => alarm_id);
    const messages = Map.groupBy(await readMessages(store.read, orgId, ids), ({ alarm_id }) => alarm_id);
    const content = {
      contact,
      alarms: alarms.map(toDeviceAlarm),
      requests: withinLength(requests.map((row) => toRequest(row, messages.get(row.alarm_id) ?? []))),
    };
    return { version: versionOf(content), ...content };
  };
}

function versionOf(content: Omit<DeviceSupport, "version">): string {
  return createHash("sha256").update(JSON.stringify(content)).digest("base64url");
}

function toDeviceAlarm(row: AlarmRow): DeviceAlarm {
  return {
    id: row.id,
    severity: row.severity,
    openedAt: row.opened_at,
    texts: {
      en: describeAlarm(row, "en"),
      fr: describeAlarm(row, "fr"),
      es: describeAlarm(row, "es"),
      ru: describeAlarm(row, "ru"),
      de: describeAlarm(row, "de"),
    },
    acknowledgedBy: row.acknowledged_by,
    assignedTo: row.assignee_name,
  };
}

function toRequest(row: RequestWithAlarm, messages: readonly HelpMessageRow[]): DeviceHelpRequest {
  return {
    id: row.id,
    askedBy: row.asked_by,
    askedAt: row.asked_at,
    text: row.text,
    state: row.ended_at === null ? "open" : "closed",
    takenBy: takenByOf(row),
    closedBy: row.ended_by,
    messages: messages.map(toMessage),
  };
}

function toMessage(row: HelpMessageRow): DeviceHelpMessage {
  return {
    id: row.id,
    isFromIt: row.is_from_it === 1,
    author: row.author,
    text: row.text,
    at: row.at,
    isRead: row.read_at !== null,
  };
}

/** Leaves out the oldest messages of the oldest requests when there is too much text. */
function withinLength(requests: readonly DeviceHelpRequest[]): DeviceHelpRequest[] {
  let left = MAX_THREAD_LENGTH - requests.reduce((sum, { text }) => sum + text.length, 0);
  return requests.map((request) => {
    const kept: DeviceHelpMessage[] = [];
    for (const message of request.messages.toReversed()) {
      if (left < message.text.length) break;
      left -= message.text.length;
      kept.push(message);
    }
    return { ...request, messages: kept.toReversed() };
  });
}
