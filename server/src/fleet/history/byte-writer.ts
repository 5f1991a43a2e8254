/** Writes numbers into bytes: unsigned and zigzag-signed varints (LEB128) up to 2^53, in plain Number arithmetic. */
export type ByteWriter = {
  byte(value: number): void;
  unsigned(value: number): void;
  signed(value: number): void;
  bytes(value: Uint8Array): void;
  readonly size: number;
  /** A copy of what was written; the writer starts over. */
  take(): Buffer;
};

const LONGEST_VARINT = 8;

export function createByteWriter(initialBytes = 256): ByteWriter {
  let buffer = new Uint8Array(initialBytes);
  let size = 0;

  function reserve(more: number): void {
    if (size + more <= buffer.length) return;
    const larger = new Uint8Array(Math.max(buffer.length * 2, size + more));
    larger.set(buffer.subarray(0, size));
    buffer = larger;
  }

  function unsigned(value: number): void {
    reserve(LONGEST_VARINT);
    let rest = value;
    // Bit operations see 32 bits only.
    while (rest >= 0x80000000) {
      buffer[size++] = (rest % 128) | 0x80;
      rest = Math.floor(rest / 128);
    }
    while (rest >= 0x80) {
      buffer[size++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    buffer[size++] = rest;
  }

  return {
    byte(value) {
      reserve(1);
      buffer[size++] = value;
    },
    unsigned,
    signed: (value) => unsigned(value < 0 ? -2 * value - 1 : 2 * value),
    bytes(value) {
      reserve(value.length);
      buffer.set(value, size);
      size += value.length;
    },
    get size() {
      return size;
    },
    take() {
      const taken = Buffer.from(buffer.subarray(0, size));
      size = 0;
      return taken;
    },
  };
}
