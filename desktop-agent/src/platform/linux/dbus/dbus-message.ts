import { decodeBody } from "./dbus-decode.ts";
import { encodeBody } from "./dbus-encode.ts";
import type { DbusValue } from "./dbus-signature.ts";

/** Types and header fields of the D-Bus specification, "Message Protocol". */
export const MESSAGE_TYPE = { call: 1, reply: 2, error: 3, signal: 4 } as const;
const FIELDS = [
  { name: "path", code: 1, type: "o" },
  { name: "interface", code: 2, type: "s" },
  { name: "member", code: 3, type: "s" },
  { name: "error", code: 4, type: "s" },
  { name: "replySerial", code: 5, type: "u" },
  { name: "destination", code: 6, type: "s" },
  { name: "sender", code: 7, type: "s" },
  { name: "signature", code: 8, type: "g" },
] as const;

export type DbusMessage = {
  type: number;
  serial: number;
  path?: string;
  interface?: string;
  member?: string;
  error?: string;
  replySerial?: number;
  destination?: string;
  sender?: string;
  signature?: string;
  body: DbusValue[];
};

const REPLY_SERIAL = 5;
const FIXED_HEADER_BYTES = 16;
/** Far above any answer that the agent asks for; the specification allows 128 MiB. */
const MAX_MESSAGE_BYTES = 1_048_576;

/** Writes a message. Values of variants in the body are `[type, value]`. */
export function encodeMessage(message: DbusMessage): Buffer {
  const body = encodeBody(message.signature ?? "", message.body);
  const fields: DbusValue[] = FIELDS.flatMap(({ name, code, type }) => {
    const value = message[name];
    return value === undefined ? [] : [[code, [type, value]]];
  });
  const header = encodeBody("yyyyuua(yv)", [
    "l".charCodeAt(0),
    message.type,
    0,
    1,
    body.length,
    message.serial,
    fields,
  ]);
  return Buffer.concat([header, Buffer.alloc(paddingTo8(header.length)), body]);
}

/** Takes the first whole message off the bytes; undefined while there is none. @throws on what is no message. */
export function takeMessage(bytes: Buffer): { message: DbusMessage; rest: Buffer } | undefined {
  if (bytes.length < FIXED_HEADER_BYTES) return undefined;
  const isLittleEndian = isLittle(bytes);
  const readLength = (at: number) => (isLittleEndian ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at));
  const bodyLength = readLength(4);
  const headerLength = FIXED_HEADER_BYTES + readLength(12);
  const bodyStart = headerLength + paddingTo8(headerLength);
  const end = bodyStart + bodyLength;
  if (end > MAX_MESSAGE_BYTES) throw new Error("The D-Bus message is too long.");
  if (bytes.length < end) return undefined;
  const [, type, , , , serial, fields] = decodeBody(
    "yyyyuua(yv)",
    bytes.subarray(0, headerLength),
    isLittleEndian,
  );
  const named = nameFields(fields);
  const body = decodeBody(named.signature ?? "", bytes.subarray(bodyStart, end), isLittleEndian);
  return {
    message: { ...named, type: Number(type), serial: Number(serial), body },
    rest: bytes.subarray(end),
  };
}

function isLittle(bytes: Buffer): boolean {
  const order = String.fromCharCode(bytes.readUInt8(0));
  if (order !== "l" && order !== "B") throw new Error("The data is not a D-Bus message.");
  return order === "l";
}

function nameFields(fields: DbusValue | undefined): Omit<DbusMessage, "type" | "serial" | "body"> {
  const values = new Map(Array.isArray(fields) ? fields.map(toPair) : []);
  const text = (name: (typeof FIELDS)[number]["name"]) => {
    const value = values.get(FIELDS.find((field) => field.name === name)?.code);
    return typeof value === "string" ? value : undefined;
  };
  const replySerial = values.get(REPLY_SERIAL);
  return {
    path: text("path"),
    interface: text("interface"),
    member: text("member"),
    error: text("error"),
    replySerial: typeof replySerial === "number" ? replySerial : undefined,
    destination: text("destination"),
    sender: text("sender"),
    signature: text("signature"),
  };
}

function toPair(field: DbusValue): [DbusValue | undefined, DbusValue | undefined] {
  return Array.isArray(field) ? [field[0], field[1]] : [undefined, undefined];
}

function paddingTo8(length: number): number {
  return (8 - (length % 8)) % 8;
}
