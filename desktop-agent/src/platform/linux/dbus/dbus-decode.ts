import { alignmentOf, type DbusValue, splitSignature } from "./dbus-signature.ts";

const MAX_VARIANT_DEPTH = 16;

/** Reads the values of a signature. @throws on bytes that do not fit it. 64-bit numbers lose what a double cannot hold. */
export function decodeBody(signature: string, bytes: Buffer, isLittleEndian: boolean): DbusValue[] {
  const reader = createReader(bytes, isLittleEndian);
  return splitSignature(signature).map((type) => read(reader, type, 0));
}

type Reader = ReturnType<typeof createReader>;

function createReader(bytes: Buffer, isLittleEndian: boolean) {
  let at = 0;
  const take = (length: number): number => {
    const from = at;
    at += length;
    if (at > bytes.length) throw new Error("The D-Bus message is truncated.");
    return from;
  };
  const text = (length: number) => {
    const from = take(length + 1);
    return bytes.toString("utf8", from, from + length);
  };
  const uint32 = () => (isLittleEndian ? bytes.readUInt32LE(take(4)) : bytes.readUInt32BE(take(4)));
  return {
    at: () => at,
    align: (to: number) => void take((to - (at % to)) % to),
    byte: () => bytes.readUInt8(take(1)),
    int16: () => (isLittleEndian ? bytes.readInt16LE(take(2)) : bytes.readInt16BE(take(2))),
    uint16: () => (isLittleEndian ? bytes.readUInt16LE(take(2)) : bytes.readUInt16BE(take(2))),
    int32: () => (isLittleEndian ? bytes.readInt32LE(take(4)) : bytes.readInt32BE(take(4))),
    uint32,
    int64: () => Number(isLittleEndian ? bytes.readBigInt64LE(take(8)) : bytes.readBigInt64BE(take(8))),
    uint64: () => Number(isLittleEndian ? bytes.readBigUInt64LE(take(8)) : bytes.readBigUInt64BE(take(8))),
    double: () => (isLittleEndian ? bytes.readDoubleLE(take(8)) : bytes.readDoubleBE(take(8))),
    longText: () => text(uint32()),
    shortText: () => text(bytes.readUInt8(take(1))),
  };
}

function read(reader: Reader, type: string, depth: number): DbusValue {
  reader.align(alignmentOf(type));
  switch (type.charAt(0)) {
    case "y":
      return reader.byte();
    case "b":
      return reader.uint32() !== 0;
    case "n":
      return reader.int16();
    case "q":
      return reader.uint16();
    case "i":
      return reader.int32();
    case "u":
    case "h":
      return reader.uint32();
    case "x":
      return reader.int64();
    case "t":
      return reader.uint64();
    case "d":
      return reader.double();
    case "s":
    case "o":
      return reader.longText();
    case "g":
      return reader.shortText();
    case "a":
      return readArray(reader, type.slice(1), depth);
    case "v":
      return readVariant(reader, depth);
    default:
      return splitSignature(type.slice(1, -1)).map((member) => read(reader, member, depth));
  }
}

function readArray(reader: Reader, type: string, depth: number): DbusValue[] {
  const length = reader.uint32();
  reader.align(alignmentOf(type));
  const end = reader.at() + length;
  const items: DbusValue[] = [];
  while (reader.at() < end) items.push(read(reader, type, depth));
  return items;
}

function readVariant(reader: Reader, depth: number): DbusValue {
  if (depth > MAX_VARIANT_DEPTH) throw new Error("The D-Bus variants are nested too deeply.");
  const [type, ...others] = splitSignature(reader.shortText());
  if (type === undefined || others.length > 0)
    throw new Error("A D-Bus variant must hold exactly one value.");
  return read(reader, type, depth + 1);
}
