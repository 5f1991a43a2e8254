import { deflateRawSync, inflateRawSync } from "node:zlib";
import { createNumberReader, type NumberReader } from "./number-reader.ts";
import { createNumberWriter, type NumberWriter } from "./number-writer.ts";

const VERSION_PLAIN = 1;
const VERSION_DEFLATED = 2;
const HEADER_BYTES = 4;

const writer = createNumberWriter(16_384);

/**
 * The output of `write` as bytes: a version, the size of the first stream as three bytes, the stream of lengths (deflated for
 * `packed`, unchanged for `quick`), the stream of bits.
 */
export function toStoredBytes(how: "packed" | "quick", write: (writer: NumberWriter) => void): Buffer {
  write(writer);
  const { lengths, bits } = writer.take();
  const first = how === "packed" ? deflateRawSync(lengths, { level: 9 }) : lengths;
  const header = Buffer.allocUnsafe(HEADER_BYTES);
  header.writeUInt8(how === "packed" ? VERSION_DEFLATED : VERSION_PLAIN, 0);
  header.writeUIntLE(first.length, 1, 3);
  return Buffer.concat([header, first, bits]);
}

/** Opens stored bytes. Throws for an unknown version; the reader throws when the bytes end too early. */
export function openStoredBytes(stored: Uint8Array): NumberReader {
  const [version, low = 0, middle = 0, high = 0] = stored;
  const end = HEADER_BYTES + low + middle * 256 + high * 65_536;
  const first = stored.subarray(HEADER_BYTES, end);
  const bits = stored.subarray(end);
  switch (version) {
    case VERSION_PLAIN:
      return createNumberReader(first, bits);
    case VERSION_DEFLATED:
      return createNumberReader(inflateRawSync(first), bits);
    default:
      throw new Error(`History was stored in version ${version}, which this program does not know.`);
  }
}
