import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { Duplex } from "node:stream";

const NONCE_BYTES = 32;
const LINE_BYTES = 512;
const LIMIT_MS = 5_000;
const PROOF = /^[0-9a-f]{64}$/;

/*
 * Both sides of a pipe show that they can read the same key file, before any other data and without sending the key:
 *
 *   service -> nonce                     a number that was never used
 *   client  -> nonce proof               HMAC of "client", the service's nonce and its own
 *   service -> proof                     HMAC of "service", the client's nonce and its own
 */

/** The service's side. Resolves with true when the peer has the key; any other answer or none is false. */
export async function proveToClient(stream: Duplex, key: Buffer): Promise<boolean> {
  const own = newNonce();
  stream.write(`${own}\n`);
  const [nonce = "", proof = ""] = (await readLine(stream))?.split(" ") ?? [];
  if (!PROOF.test(nonce) || !isEqual(proof, prove(key, "client", own, nonce))) return false;
  stream.write(`${prove(key, "service", nonce, own)}\n`);
  return true;
}

/** The client's side. Resolves with true when the peer is the service that wrote the key. */
export async function proveToService(stream: Duplex, key: Buffer): Promise<boolean> {
  const asked = (await readLine(stream)) ?? "";
  if (!PROOF.test(asked)) return false;
  const own = newNonce();
  stream.write(`${own} ${prove(key, "client", asked, own)}\n`);
  return isEqual((await readLine(stream)) ?? "", prove(key, "service", own, asked));
}

function newNonce(): string {
  return randomBytes(NONCE_BYTES).toString("hex");
}

function prove(key: Buffer, side: "client" | "service", first: string, second: string): string {
  return createHmac("sha256", key).update(`${side} ${first} ${second}`).digest("hex");
}

function isEqual(given: string, expected: string): boolean {
  return PROOF.test(given) && timingSafeEqual(Buffer.from(given), Buffer.from(expected));
}

/** One line of at most 512 bytes within five seconds; null when there is none. What follows it stays in the stream. */
function readLine(stream: Duplex): Promise<string | null> {
  const { promise, resolve } = Promise.withResolvers<string | null>();
  let kept = Buffer.alloc(0);
  const end = () => resolve(null);
  const take = (chunk: Buffer) => {
    kept = Buffer.concat([kept, chunk]);
    const at = kept.indexOf(0x0a);
    if (at < 0 && kept.length <= LINE_BYTES) return;
    stream.pause();
    if (at >= 0 && at + 1 < kept.length) stream.unshift(kept.subarray(at + 1));
    resolve(at >= 0 && at <= LINE_BYTES ? kept.toString("latin1", 0, at) : null);
  };
  const timer = setTimeout(end, LIMIT_MS);
  stream.on("data", take).once("close", end).once("end", end).once("error", end).resume();
  return promise.finally(() => {
    clearTimeout(timer);
    stream.off("data", take).off("close", end).off("end", end).off("error", end);
  });
}
