import { fitsLength } from "@muster/shared/contracts/text-length.ts";
import type { Acknowledgement, LocalRequest, LogPosition } from "@muster/shared/contracts/local-agent.ts";
import {
  LOCAL_PROTOCOL_VERSION,
  LOCAL_RESOURCES,
  type LocalErrorCode,
} from "@muster/shared/protocol/local-protocol.ts";

export type ReadRequest =
  | { kind: "request"; id: number; request: LocalRequest }
  /** `id` is null where the message has none that could be answered. */
  | { kind: "refused"; id: number | null; code: LocalErrorCode; message: string };

/** The fields of a message by name. A map has no prototype that a name could reach. */
type Fields = ReadonlyMap<string, unknown>;
/** Null: a field is missing, of the wrong shape, or one too many. */
type ReadFields = (fields: Fields) => LocalRequest | null;

const ENVELOPE = ["v", "id", "verb"];
const MAX_PAUSE_MS = 366 * 86_400_000;
const MAX_EPOCH_MS = 8.64e15;
const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const FORBIDDEN = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]|\p{Surrogate}/u;

/*
 * Read by hand and not by the zod schemas: zod costs 15 MiB in the one process that must stay small.
 */
const VERBS: ReadonlyMap<string, ReadFields> = new Map<string, ReadFields>([
  ["read", readReading],
  ["watch", (fields) => (hasOnly(fields, []) ? { verb: "watch" } : null)],
  ["check", (fields) => (hasOnly(fields, []) ? { verb: "check" } : null)],
  ["resume", (fields) => (hasOnly(fields, []) ? { verb: "resume" } : null)],
  ["pause", readPause],
  ["acknowledge", readAcknowledge],
  ["postpone", readPostpone],
]);

/** What a line asks for. Takes any text; nothing of it is used before it has its exact shape. */
export function readRequest(line: string): ReadRequest {
  const fields = readObject(parse(line));
  if (!fields) return refuse(null, "malformed", "A message is one JSON object in a line.");
  const id = fields.get("id");
  if (!isWhole(id, Number.MAX_SAFE_INTEGER)) return refuse(null, "malformed", "A message needs an id.");
  if (fields.get("v") !== LOCAL_PROTOCOL_VERSION) {
    return refuse(
      id,
      "version",
      `This agent speaks version ${LOCAL_PROTOCOL_VERSION} of the local protocol.`,
    );
  }
  const verb = fields.get("verb");
  const read = typeof verb === "string" ? VERBS.get(verb) : undefined;
  if (!read) return refuse(id, "unknown-verb", "This agent does not know that verb.");
  const request = read(fields);
  return request
    ? { kind: "request", id, request }
    : refuse(id, "malformed", `The fields are not those of "${String(verb)}".`);
}

function refuse(id: number | null, code: LocalErrorCode, message: string): ReadRequest {
  return { kind: "refused", id, code, message };
}

function readReading(fields: Fields): LocalRequest | null {
  const what = fields.get("what");
  if (what === "log") {
    const place = hasOnly(fields, ["what", "place"]) ? readPlace(readObject(fields.get("place"))) : null;
    return place && { verb: "read", what, place };
  }
  const reading = LOCAL_RESOURCES.find((name) => name === what);
  return reading && hasOnly(fields, ["what"]) ? { verb: "read", what: reading } : null;
}

function readPlace(place: Fields | null): LogPosition | null {
  const kind = place?.get("kind");
  if (kind === "end") return place?.size === 1 ? { kind } : null;
  const run = place?.get("run");
  const byte = place?.get("byte");
  if ((kind !== "after" && kind !== "before") || place?.size !== 3) return null;
  if (typeof run !== "string" || run.length > 80 || !isWhole(byte, Number.MAX_SAFE_INTEGER)) return null;
  return { kind, run, byte };
}

function readPause(fields: Fields): LocalRequest | null {
  const forMs = fields.get("forMs");
  if (!hasOnly(fields, ["forMs"])) return null;
  if (forMs !== null && (!isWhole(forMs, MAX_PAUSE_MS) || forMs === 0)) return null;
  return { verb: "pause", forMs };
}

function readAcknowledge(fields: Fields): LocalRequest | null {
  const message = fields.get("message");
  const said = readSaid(readObject(fields.get("said")));
  if (!hasOnly(fields, ["message", "said"]) || !isId(message) || !said) return null;
  return { verb: "acknowledge", message, said };
}

function readSaid(said: Fields | null): Acknowledgement | null {
  const what = said?.get("what");
  if (what === "read") return said?.size === 1 ? { what } : null;
  if (!said || said.size !== 2) return null;
  const by = said.get("by");
  const reason = said.get("reason");
  const button = said.get("button");
  if (what === "shown" && isLine(by, 40)) return { what, by };
  if (what === "not-shown" && isLine(reason, 200)) return { what, reason };
  if (what === "pressed" && isLine(button, 40)) return { what, button };
  return null;
}

function readPostpone(fields: Fields): LocalRequest | null {
  const action = fields.get("action");
  const toMs = fields.get("toMs");
  if (!hasOnly(fields, ["action", "toMs"]) || !isId(action) || !isWhole(toMs, MAX_EPOCH_MS)) return null;
  return { verb: "postpone", action, toMs };
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null; // Refused like any other message that is no object.
  }
}

function readObject(value: unknown): Fields | null {
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  return isObject ? new Map<string, unknown>(Object.entries(value)) : null;
}

function hasOnly(fields: Fields, names: readonly string[]): boolean {
  const expected = [...ENVELOPE, ...names];
  return fields.size === expected.length && expected.every((name) => fields.has(name));
}

function isWhole(value: unknown, max: number): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 && value <= max;
}

function isId(value: unknown): value is string {
  return typeof value === "string" && ID.test(value);
}

function isLine(value: unknown, max: number): value is string {
  if (typeof value !== "string" || !fitsLength(value, max)) return false;
  return value.trim() === value && value !== "" && !FORBIDDEN.test(value);
}
