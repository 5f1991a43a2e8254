import type { DeviceRecord, DeviceRecordEntry } from "@muster/shared/contracts/action-delivery.ts";
import { fitsLength } from "@muster/shared/contracts/text-length.ts";
import { asObject, readObject } from "./read-answer.ts";

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const MAX_EPOCH_MS = 8.64e15;
const FORBIDDEN_IN_LINE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]|\p{Surrogate}/u;
const MAX_ACTIONS = 500;
const MAX_TEXT_LENGTH = 60;
const MAX_NAME_LENGTH = 120;
const STATES: Readonly<Record<DeviceRecordEntry["state"], true>> = {
  pending: true,
  delivered: true,
  executing: true,
  done: true,
  error: true,
  expired: true,
  cancelled: true,
};

/** The server's record of this device's actions, null when the text is none. By hand, as the other answers. */
export function readDeviceRecord(text: string): DeviceRecord | null {
  const { actions } = readObject(text) ?? {};
  if (!Array.isArray(actions) || actions.length > MAX_ACTIONS) return null;
  const entries = actions.map(readEntry);
  return entries.every((entry) => entry !== null) ? { actions: entries } : null;
}

function readEntry(value: unknown): DeviceRecordEntry | null {
  const { id, type, askedBy, askedAt, startedAt, endedAt, state, errorCode } = asObject(value) ?? {};
  if (
    !isText(id, MAX_TEXT_LENGTH) ||
    !ID.test(id) ||
    !isText(type, MAX_TEXT_LENGTH) ||
    !isLine(askedBy, MAX_NAME_LENGTH)
  )
    return null;
  if (!isInstant(askedAt) || !isInstantOrNull(startedAt) || !isInstantOrNull(endedAt)) return null;
  if (!isState(state) || (errorCode !== null && !isText(errorCode, MAX_TEXT_LENGTH))) return null;
  return { id, type, askedBy, askedAt, startedAt, endedAt, state, errorCode };
}

function isState(value: unknown): value is DeviceRecordEntry["state"] {
  return typeof value === "string" && Object.hasOwn(STATES, value);
}

function isText(value: unknown, max: number): value is string {
  return typeof value === "string" && value !== "" && fitsLength(value, max);
}

function isLine(value: unknown, max: number): value is string {
  return isText(value, max) && value.trim() !== "" && !FORBIDDEN_IN_LINE.test(value);
}

function isInstant(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 && value <= MAX_EPOCH_MS;
}

function isInstantOrNull(value: unknown): value is number | null {
  return value === null || isInstant(value);
}
