import { alignmentOf, type DbusValue, splitSignature } from "./dbus-signature.ts";

/** The value of a variant needs its type: `["s", "text"]`. For everything else see `DbusValue`. */
export type DbusArgument = DbusValue;

/** Writes values of a signature in little-endian order, from an offset that is a multiple of eight. */
export function encodeBody(signature: string, values: readonly DbusArgument[]): Buffer {
  const writer = createWriter();
  for (const [index, type] of splitSignature(signature).entries()) write(writer, type, values[index]);
  return writer.finish();
}

type Writer = {
  align(to: number): void;
  bytes(bytes: Buffer): void;
  length(): number;
  /** Overwrites a 32-bit number at an earlier offset. */
  patch(at: number, value: number): void;
  finish(): Buffer;
};

function createWriter(): Writer {
  let buffer = Buffer.alloc(0);
  const bytes = (more: Buffer) => {
    buffer = Buffer.concat([buffer, more]);
  };
  return {
    align: (to) => bytes(Buffer.alloc((to - (buffer.length % to)) % to)),
    bytes,
    length: () => buffer.length,
    patch: (at, value) => void buffer.writeUInt32LE(value, at),
    finish: () => buffer,
  };
}

function write(writer: Writer, type: string, value: DbusArgument | undefined): void {
  writer.align(alignmentOf(type));
  const code = type.charAt(0);
  if (code === "a") return writeArray(writer, type.slice(1), asList(value));
  if (code === "(" || code === "{") {
    const members = asList(value);
    for (const [index, member] of splitSignature(type.slice(1, -1)).entries())
      write(writer, member, members[index]);
    return;
  }
  if (code === "v") {
    const [inner, held] = asList(value);
    writer.bytes(shortText(String(inner)));
    return write(writer, String(inner), held);
  }
  writer.bytes(plain(code, value));
}

function writeArray(writer: Writer, type: string, items: readonly DbusArgument[]): void {
  const lengthAt = writer.length();
  writer.bytes(Buffer.alloc(4));
  writer.align(alignmentOf(type));
  const start = writer.length();
  for (const item of items) write(writer, type, item);
  writer.patch(lengthAt, writer.length() - start);
}

function plain(code: string, value: DbusArgument | undefined): Buffer {
  switch (code) {
    case "s":
    case "o":
      return longText(String(value));
    case "g":
      return shortText(String(value));
    case "y":
      return Buffer.from([Number(value)]);
    case "b":
      return uint32(value === true ? 1 : 0);
    case "u":
    case "h":
      return uint32(Number(value));
    case "t": {
      const bytes = Buffer.alloc(8);
      bytes.writeBigUInt64LE(BigInt(Number(value)));
      return bytes;
    }
    default:
      throw new Error(`Cannot write the D-Bus type ${code}.`);
  }
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function longText(text: string): Buffer {
  const utf8 = Buffer.from(text);
  return Buffer.concat([uint32(utf8.length), utf8, Buffer.alloc(1)]);
}

function shortText(text: string): Buffer {
  return Buffer.concat([Buffer.from([text.length]), Buffer.from(text), Buffer.alloc(1)]);
}

function asList(value: DbusArgument | undefined): DbusArgument[] {
  if (!Array.isArray(value)) throw new Error("A D-Bus list, struct or variant needs an array.");
  return value;
}
