const LINE_END = 0x0a;

export type LineReader = {
  push(chunk: Uint8Array): void;
  /** Whether a whole line waits. */
  hasLine(): boolean;
  /** The next line without its end; null when it is too long or no UTF-8, and while there is none. */
  next(): string | null;
  /** Whether a line has begun and not ended. */
  hasPart(): boolean;
  /** Whether the line that has begun is longer than a line may be. */
  isTooLong(): boolean;
};

/**
 * Cuts bytes into lines when they are asked for, so that whoever reads them sets the pace. `maxBytes` counts the line's end. Holds
 * what was pushed and not taken: who pushes stops while a line waits, or what has begun is too long.
 */
export function createLineReader(maxBytes: number): LineReader {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let kept: Buffer = Buffer.alloc(0);

  const hasLine = () => kept.includes(LINE_END);
  return {
    push(chunk) {
      kept = kept.length === 0 ? Buffer.from(chunk) : Buffer.concat([kept, chunk]);
    },
    hasLine,
    next() {
      const end = kept.indexOf(LINE_END);
      if (end < 0) return null;
      const line = kept.subarray(0, end);
      kept = kept.subarray(end + 1);
      return end < maxBytes ? decode(decoder, line) : null;
    },
    hasPart: () => kept.length > 0 && !hasLine(),
    isTooLong: () => kept.length >= maxBytes && !hasLine(),
  };
}

function decode(decoder: TextDecoder, bytes: Uint8Array): string | null {
  try {
    return decoder.decode(bytes);
  } catch {
    return null; // Said to the peer as what it is.
  }
}
