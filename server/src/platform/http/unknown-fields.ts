import { cutToLength } from "@muster/shared/contracts/text-length.ts";
import { terminalLine } from "@muster/shared/unsafe-characters.ts";
import { MusterError } from "../errors.ts";

/**
 * A position in parsed JSON where fields may be unknown, because the client may be newer than this server. `path` leads to the objects, `*`
 * stands for every element of a list.
 */
export type TolerantPlace = { path: readonly string[]; known: ReadonlySet<string> };

/** The input without its unknown fields, and their names as dotted paths without positions in lists. */
export type KnownInput = { json: unknown; ignored: string[] };

/** Different unknown fields in one request; one field in each of many samples counts once. */
const MAX_UNKNOWN_FIELDS = 32;
const MAX_UNKNOWN_TEXT = 8_192;
const MAX_NAMED = 10;
const MAX_NAME_LENGTH = 80;

/**
 * Leaves out unknown fields at the tolerant places. Changes nothing else: what is unknown elsewhere is for the schema to refuse. Throws
 * `bad-request` for more than 32 unknown fields or 8 KiB of their text, before it looks at the rest.
 */
export function leaveOutUnknown(json: unknown, places: readonly TolerantPlace[]): KnownInput {
  const textByName = new Map<string, number>();
  let totalText = 0;

  function count(name: string, value: unknown): void {
    const before = textByName.get(name) ?? 0;
    const length = name.length + textLength(value, MAX_UNKNOWN_TEXT);
    if (length > before) {
      totalText += length - before;
      textByName.set(name, length);
    }
    if (textByName.size > MAX_UNKNOWN_FIELDS || totalText > MAX_UNKNOWN_TEXT) throw tooManyUnknown();
  }

  for (const { path, known } of places) {
    for (const owner of objectsAt(json, path)) {
      const prefix = path.filter((step) => step !== "*").join(".");
      for (const key in owner) {
        // Left for the schema, which refuses it: no agent has such a field.
        if (known.has(key) || key === "__proto__") continue;
        count(prefix === "" ? key : `${prefix}.${key}`, owner[key]);
        delete owner[key];
      }
    }
  }
  return { json, ignored: [...textByName.keys()].slice(0, MAX_NAMED).map(cleanName) };
}

type JsonObject = Record<string, unknown>;

function objectsAt(json: unknown, path: readonly string[]): JsonObject[] {
  let found: unknown[] = [json];
  for (const step of path) {
    found = found.flatMap((value) => {
      if (step === "*") return Array.isArray(value) ? value : [];
      return isObject(value) && Object.hasOwn(value, step) ? [value[step]] : [];
    });
  }
  return found.filter(isObject);
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** About as many characters as the value has as JSON. Stops at `limit`, and works without recursion. */
function textLength(value: unknown, limit: number): number {
  const open = [value];
  let length = 0;
  while (open.length > 0 && length <= limit) {
    const next = open.pop();
    length += ownLength(next);
    if (typeof next !== "object" || next === null) continue;
    // Both stop early: an entry is at least one character.
    for (const key in next) {
      length += Array.isArray(next) ? 1 : key.length + 3;
      if (length > limit) break;
      open.push(Reflect.get(next, key));
    }
  }
  return length;
}

/** Of a number, a boolean or null about as many; of an object its brackets. */
function ownLength(value: unknown): number {
  if (typeof value === "string") return value.length + 2;
  return typeof value === "number" ? String(value).length : 2;
}

/** A name as logs and screens may show it. */
function cleanName(name: string): string {
  return cutToLength(terminalLine(name), MAX_NAME_LENGTH);
}

function tooManyUnknown(): MusterError {
  return new MusterError(
    "bad-request",
    `The body has more than ${MAX_UNKNOWN_FIELDS} fields, or ${MAX_UNKNOWN_TEXT / 1024} KiB of text, that this server does not know: update the server.`,
  );
}

/** Every object in the body has fewer fields in total than this, counted without parsing it. Throws `bad-request` for more. */
export function assertFewFields(bytes: Buffer, max: number): void {
  if (bytes.length < max * MIN_FIELD_BYTES) return;
  // Parsing objects with very many different names is what costs: a colon after a quote is a name, wherever it stands.
  let fields = 0;
  for (let at = bytes.indexOf(COLON); at >= 0; at = bytes.indexOf(COLON, at + 1)) {
    let before = at - 1;
    while (isBlank(bytes[before])) before -= 1;
    if (bytes[before] === QUOTE) fields += 1;
    if (fields > max) throw new MusterError("bad-request", `The body has more than ${max} fields.`);
  }
}

/** A name in quotes, a colon and a value: `"":0`. */
const MIN_FIELD_BYTES = 4;
const COLON = 0x3a;
const QUOTE = 0x22;

function isBlank(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}
