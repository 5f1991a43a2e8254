import { STEP_BITS } from "./number-writer.ts";

/** Reads what a NumberWriter wrote. Throws when the streams end too early. */
export type NumberReader = {
  unsigned(): number;
  signed(): number;
  bit(): boolean;
  /** Puts signed numbers over every entry of `target` that is not NaN, each added to the one before. */
  differences(target: Float64Array): void;
  /** Puts unsigned numbers over every entry of `target` that is not NaN, each added to `base`. */
  distances(target: Float64Array, base: number): void;
  /** Skips numbers without reading their bits. */
  skip(numbers: number): void;
};

export function createNumberReader(lengths: Uint8Array, bits: Uint8Array): NumberReader {
  let lengthPosition = 0;
  let bitPosition = 0;

  /** Up to 24 bits: together with up to seven bits of the first byte they fit the word that is read. */
  function get(width: number): number {
    const byte = bitPosition >> 3;
    const word =
      ((bits[byte] ?? 0) << 24) |
      ((bits[byte + 1] ?? 0) << 16) |
      ((bits[byte + 2] ?? 0) << 8) |
      (bits[byte + 3] ?? 0);
    const value = (word << (bitPosition & 7)) >>> (32 - width);
    bitPosition += width;
    return value;
  }

  function next(): number {
    const length = lengths[lengthPosition++] ?? 0;
    if (length < 2) return length;
    const width = length - 1;
    if (width <= STEP_BITS) return (1 << width) | get(width);
    let value = 1;
    let left = width;
    for (; left > STEP_BITS; left -= STEP_BITS) value = value * 2 ** STEP_BITS + get(STEP_BITS);
    return value * 2 ** left + get(left);
  }

  function nextSigned(): number {
    const value = next();
    if (value < 2 ** 31) return (value >>> 1) ^ -(value & 1);
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  /** Checked once for many numbers: bits beyond the end read as zero, and the result is dropped. */
  function checked<Result>(result: Result): Result {
    if (lengthPosition > lengths.length || bitPosition > bits.length * 8) {
      throw new Error("Stored history ends too early.");
    }
    return result;
  }

  return {
    unsigned: () => checked(next()),
    signed: () => checked(nextSigned()),
    bit: () => checked(get(1)) === 1,
    differences(target) {
      let value = 0;
      for (let index = 0; index < target.length; index += 1) {
        if (Number.isNaN(target[index])) continue;
        value += nextSigned();
        target[index] = value;
      }
      checked(null);
    },
    distances(target, base) {
      for (let index = 0; index < target.length; index += 1) {
        if (!Number.isNaN(target[index])) target[index] = base + next();
      }
      checked(null);
    },
    skip(numbers) {
      const end = lengthPosition + numbers;
      for (; lengthPosition < end; lengthPosition += 1) {
        const length = lengths[lengthPosition] ?? 0;
        if (length > 1) bitPosition += length - 1;
      }
      checked(null);
    },
  };
}
