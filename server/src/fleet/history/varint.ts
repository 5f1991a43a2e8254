/** Writes an unsigned LEB128 varint up to 2^53 at `start`; returns where it ends. */
export function writeVarint(target: Uint8Array, start: number, value: number): number {
  let position = start;
  let rest = value;
  // Bit operations see 32 bits only.
  while (rest >= 0x80000000) {
    target[position++] = (rest % 128) | 0x80;
    rest = Math.floor(rest / 128);
  }
  while (rest >= 0x80) {
    target[position++] = (rest & 0x7f) | 0x80;
    rest >>>= 7;
  }
  target[position++] = rest;
  return position;
}

/** Gives the varints from `start` on, one by one. Throws when the bytes end too early. */
export function readVarint(source: Uint8Array, start: number): () => number {
  let position = start;
  return () => {
    let value = 0;
    let factor = 1;
    for (;;) {
      const byte = source[position++];
      if (byte === undefined) throw new Error("a varint ends too early");
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
      factor *= 128;
    }
  };
}
