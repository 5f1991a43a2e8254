import { randomBytes } from "node:crypto";

/** Makes identifiers. A parameter wherever ids are made, so that tests can foresee them. */
export type MakeId = () => string;

/** Makes UUIDv7 (RFC 9562 5.7): 48 bits of wall-clock milliseconds, then random bits. */
export function makeUuidV7Factory(now: () => number): MakeId {
  return () => {
    const bytes = randomBytes(16);
    bytes.writeUIntBE(now(), 0, 6);
    bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x70, 6);
    bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
    const hex = bytes.toString("hex");
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  };
}
