import { isUtf8 } from "node:buffer";
import type { IncomingMessage } from "node:http";
import { promisify } from "node:util";
import { gunzip, gunzipSync, inflate, inflateSync } from "node:zlib";
import { MusterError } from "../errors.ts";
import { assertStorableText } from "./parse-input.ts";

/** Up to this many compressed bytes, inflating synchronously is cheaper than the thread pool. */
const MAX_SYNC_INFLATE_BYTES = 16_384;

const JSON_TYPE = "application/json";

const inflaters = {
  gzip: { inflateSync: gunzipSync, inflateAsync: promisify(gunzip) },
  deflate: { inflateSync, inflateAsync: promisify(inflate) },
};

type Encoding = keyof typeof inflaters;

/** Headers that describe the body. */
export type BodyHeaders = {
  contentType: string | undefined;
  contentLength: string | undefined;
  contentEncoding: string | undefined;
};

/** Rejects a body by its headers: not JSON, too long, or compressed in an unsupported way. */
export function checkBodyHeaders(
  headers: BodyHeaders,
  { maxBytes, acceptsCompressed }: { maxBytes: number; acceptsCompressed: boolean },
): void {
  if (Number(headers.contentLength ?? 0) > maxBytes) throw tooLarge(maxBytes);
  if (headers.contentType !== JSON_TYPE && mediaTypeOf(headers.contentType) !== JSON_TYPE) {
    throw new MusterError("unsupported-media-type", "Send the body as application/json.");
  }
  const encoding = headers.contentEncoding ?? "identity";
  if (encoding !== "identity" && !(acceptsCompressed && isEncoding(encoding))) {
    const accepted = acceptsCompressed ? "with gzip, deflate or without compression" : "without compression";
    throw new MusterError("unsupported-media-type", `Send the body ${accepted}.`);
  }
}

/** Reads a body from its connection. Throws `too-large` above `maxBytes`, and `bad-request` when it is incomplete. */
export function readIncomingBody(incoming: IncomingMessage, maxBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let sizeBytes = 0;
    incoming.on("data", (chunk: Buffer) => {
      sizeBytes += chunk.length;
      if (sizeBytes > maxBytes) reject(tooLarge(maxBytes));
      else chunks.push(chunk);
    });
    // Not once: removing listeners costs more than a message that is forgotten with them.
    incoming.on("end", () => resolve(onlyChunk(chunks) ?? Buffer.concat(chunks)));
    incoming.on("error", () => reject(incompleteBody()));
    incoming.on("close", () => {
      if (!incoming.readableEnded) reject(incompleteBody());
    });
    if (incoming.destroyed && !incoming.readableEnded) reject(incompleteBody());
  });
}

/** Reads a body that has no connection, as under `app.request`. */
export async function readRequestBody(
  request: Pick<Request, "arrayBuffer">,
  maxBytes: number,
): Promise<Buffer> {
  const bytes = Buffer.from(await request.arrayBuffer());
  if (bytes.length > maxBytes) throw tooLarge(maxBytes);
  return bytes;
}

/** Inflates a compressed body. Throws `too-large` when the result has more than `maxBytes`. */
export async function inflateBody(
  bytes: Buffer,
  encoding: string | undefined,
  maxBytes: number,
): Promise<Buffer> {
  if (encoding === undefined || !isEncoding(encoding)) return bytes;
  const { inflateSync: inflateNow, inflateAsync } = inflaters[encoding];
  try {
    const options = { maxOutputLength: maxBytes };
    return bytes.length <= MAX_SYNC_INFLATE_BYTES
      ? inflateNow(bytes, options)
      : await inflateAsync(bytes, options);
  } catch (error) {
    if (error instanceof RangeError) throw tooLarge(maxBytes);
    throw new MusterError("bad-request", `The body is not valid ${encoding}.`, { cause: error });
  }
}

/** Parses JSON. Throws `bad-request` when it is malformed, not UTF-8, or contains text that cannot be stored. */
export function readJson(bytes: Buffer): unknown {
  if (!isUtf8(bytes)) throw new MusterError("bad-request", "The body is not valid UTF-8.");
  // Windows tools write a byte order mark before UTF-8, which is no part of the JSON.
  const text = bytes.toString("utf8").replace(/^\ufeff/, "");
  const json = parseJson(text);
  // Raw NUL is invalid JSON and raw surrogates are invalid UTF-8, so both can only be escape sequences.
  if (text.includes("\\u")) assertStorableText(json, "body");
  return json;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new MusterError("bad-request", "The body is not valid JSON.");
  }
}

function mediaTypeOf(contentType: string | undefined): string | undefined {
  return contentType?.split(";", 1)[0]?.trim().toLowerCase();
}

function isEncoding(encoding: string): encoding is Encoding {
  return Object.hasOwn(inflaters, encoding);
}

function onlyChunk(chunks: readonly Buffer[]): Buffer | undefined {
  return chunks.length === 1 ? chunks[0] : undefined;
}

function incompleteBody(): MusterError {
  return new MusterError("bad-request", "The request ended before its body was complete.");
}

function tooLarge(maxBytes: number): MusterError {
  return new MusterError("too-large", `The body may have at most ${maxBytes} bytes.`);
}
