import { STEP_BITS } from "./number-writer.ts";

/** Reads what a NumberWriter wrote. Throws when the streams end too early. */
export type NumberReader = {
  unsigned(): number;
  signed(): number;
  bit(): boolean;
  /** Passes over numbers without looking at their bits. */
  skip(numbers: number): void;
  skipBits(count: number): void;
};

const ENDS_EARLY = "stored history ends too early";

export function createNumberReader(lengths: Uint8Array, bits: Uint8Array): NumberReader {
  let lengthPosition = 0;
  let bitPosition = 0;

  function get(width: number): number {
    const end = bitPosition + width;
    if (end > bits.length * 8) throw new Error(ENDS_EARLY);
    const byte = bitPosition >> 3;
    const word =
      ((bits[byte] ?? 0) << 24) |
      ((bits[byte + 1] ?? 0) << 16) |
      ((bits[byte + 2] ?? 0) << 8) |
      (bits[byte + 3] ?? 0);
    const value = (word << (bitPosition & 7)) >>> (32 - width);
    bitPosition = end;
    return value;
  }

  function nextLength(): number {
    const length = lengths[lengthPosition++];
    if (length === undefined) throw new Error(ENDS_EARLY);
    return length;
  }

  function unsigned(): number {
    const length = nextLength();
    if (length < 2) return length;
    let value = 1;
    let width = length - 1;
    while (width > STEP_BITS) {
      value = value * 2 ** STEP_BITS + get(STEP_BITS);
      width -= STEP_BITS;
    }
    return value * 2 ** width + get(width);
  }

  return {
    unsigned,
    signed() {
      const value = unsigned();
      return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
    },
    bit: () => get(1) === 1,
    skip(numbers) {
      for (let left = numbers; left > 0; left -= 1) bitPosition += Math.max(0, nextLength() - 1);
    },
    skipBits(count) {
      bitPosition += count;
    },
  };
}
