import { randomBytes, randomFillSync } from "node:crypto";

/** Makes identifiers. Passed as a parameter, so that tests can predict them. */
export type MakeId = () => string;

const MAX_COUNTER = 0x1000;

/**
 * Creates UUIDv7 (RFC 9562 5.7): 48 bits of wall-clock milliseconds, a counter of 12 bits (6.2, method 1), 62 random bits. Within one
 * process ids always grow, also within one millisecond or when the clock goes back, because lists are ordered by them.
 */
export function createUuidV7Factory(now: () => number): MakeId {
  let lastMs = 0;
  let counter = 0;
  return () => {
    const bytes = randomBytes(16);
    const nowMs = now();
    if (nowMs > lastMs) {
      lastMs = nowMs;
      // A random start in the lower half keeps two servers' ids apart and leaves room to count.
      counter = bytes.readUInt16BE(6) & 0x7ff;
    } else {
      counter += 1;
      if (counter === MAX_COUNTER) {
        lastMs += 1;
        counter = 0;
      }
    }
    bytes.writeUIntBE(lastMs, 0, 6);
    bytes.writeUInt16BE(0x7000 | counter, 6);
    bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
    const hex = bytes.toString("hex");
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  };
}

const REQUEST_ID_BYTES = 6;
/** Random bytes for the next request ids, because asking for a few costs as much as for many. */
const pool = Buffer.alloc(REQUEST_ID_BYTES * 256);
let poolAt = pool.length;

/** Creates a request id of twelve random hexadecimal digits: enough to find a request in the log, and short because each answer carries it. */
export function createRequestId(): string {
  if (poolAt === pool.length) {
    randomFillSync(pool);
    poolAt = 0;
  }
  const start = poolAt;
  poolAt += REQUEST_ID_BYTES;
  return pool.toString("hex", start, poolAt);
}
