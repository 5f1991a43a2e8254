/**
 * Writes whole numbers up to 2^53 in two streams: the length in bits of each as a byte, and the bits below its leading one.
 * Lengths repeat and compress well; the bits are mostly noise, which compression would make longer.
 */
export type NumberWriter = {
  unsigned(value: number): void;
  /** Zigzag: small distances from zero are short whatever their sign. */
  signed(value: number): void;
  bit(isSet: boolean): void;
  /** Returns copies of both streams and empties the writer. */
  take(): NumberStreams;
};

export type NumberStreams = { lengths: Buffer; bits: Buffer };

/** Bits that one step moves; with seven left over from the step before they fit 31 bits. */
export const STEP_BITS = 24;

export function createNumberWriter(initialBytes = 2048): NumberWriter {
  let lengths = new Uint8Array(initialBytes);
  let lengthCount = 0;
  let bits = new Uint8Array(initialBytes);
  let byteCount = 0;
  let pending = 0;
  let pendingBits = 0;

  function put(value: number, width: number): void {
    pending = (pending << width) | value;
    pendingBits += width;
    if (byteCount + 4 > bits.length) bits = grown(bits);
    while (pendingBits >= 8) {
      pendingBits -= 8;
      bits[byteCount++] = pending >>> pendingBits;
      pending &= (1 << pendingBits) - 1;
    }
  }

  function unsigned(value: number): void {
    const length = bitLength(value);
    if (lengthCount === lengths.length) lengths = grown(lengths);
    lengths[lengthCount++] = length;
    let width = length - 1;
    if (width <= STEP_BITS) {
      if (width > 0) put(value & ((1 << width) - 1), width);
      return;
    }
    let rest = value;
    while (width > STEP_BITS) {
      const factor = 2 ** (width - STEP_BITS);
      const high = Math.floor(rest / factor);
      put(high % 2 ** STEP_BITS, STEP_BITS);
      rest -= high * factor;
      width -= STEP_BITS;
    }
    put(rest % 2 ** width, width);
  }

  return {
    unsigned,
    signed: (value) => unsigned(value < 0 ? -2 * value - 1 : 2 * value),
    bit: (isSet) => put(isSet ? 1 : 0, 1),
    take() {
      if (pendingBits > 0) put(0, 8 - pendingBits);
      const taken = {
        lengths: Buffer.from(lengths.subarray(0, lengthCount)),
        bits: Buffer.from(bits.subarray(0, byteCount)),
      };
      lengthCount = 0;
      byteCount = 0;
      return taken;
    },
  };
}

/** Bits that a whole number takes, its leading one included; 0 for zero. */
export function bitLength(value: number): number {
  if (value < 2 ** 32) return 32 - Math.clz32(value);
  return 64 - Math.clz32(Math.floor(value / 2 ** 32));
}

function grown(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(bytes.length * 2);
  larger.set(bytes);
  return larger;
}
