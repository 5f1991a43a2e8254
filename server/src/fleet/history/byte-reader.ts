/** Reads what a ByteWriter wrote. Throws on bytes that end too early. */
export type ByteReader = {
  byte(): number;
  unsigned(): number;
  signed(): number;
  bytes(length: number): Uint8Array;
  skip(length: number): void;
};

export function createByteReader(source: Uint8Array): ByteReader {
  let position = 0;

  function byte(): number {
    const value = source[position++];
    if (value === undefined) throw new Error("history bytes end too early");
    return value;
  }

  function unsigned(): number {
    const first = byte();
    if (first < 0x80) return first;
    let value = first & 0x7f;
    let factor = 128;
    for (;;) {
      const next = byte();
      value += (next & 0x7f) * factor;
      if (next < 0x80) return value;
      factor *= 128;
    }
  }

  function signed(): number {
    const value = unsigned();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  function skip(length: number): void {
    position += length;
    if (position > source.length) throw new Error("history bytes end too early");
  }

  return {
    byte,
    unsigned,
    signed,
    skip,
    bytes(length) {
      const start = position;
      skip(length);
      return source.subarray(start, position);
    },
  };
}
