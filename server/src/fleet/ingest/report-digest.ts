import { hash } from "node:crypto";
import type { Report } from "@muster/shared/contracts/report.ts";

const DIGEST_LENGTH = 22;
/** Marks a digest of received bytes; one without it was made from the parsed report, by this server's versions up to 0.1. */
const OF_BYTES = "~";
const SENT_AT = Buffer.from('"sentAt":');
/** Large enough for a live report, so that none needs memory of its own here. */
const scratch = Buffer.alloc(16_384);

/**
 * Distinguishes a repeated report from another one with the same number, by its bytes, so that fields which this server does not know count
 * too. The time of sending is not part of it.
 */
export function digestOfBytes(bytes: Buffer): string {
  const start = bytes.indexOf(SENT_AT);
  if (start < 0) return markedDigest(bytes);
  let end = start + SENT_AT.length;
  while (isDigitOrBlank(bytes[end])) end += 1;
  if (bytes.length > scratch.length)
    return markedDigest(Buffer.concat([bytes.subarray(0, start), bytes.subarray(end)]));
  bytes.copy(scratch, 0, 0, start);
  const length = start + bytes.copy(scratch, start, end);
  return markedDigest(scratch.subarray(0, length));
}

/** The digest of a report that has no bytes of its own. */
export function digestOfReport(report: Report): string {
  return digest(JSON.stringify({ ...report, sentAt: 0 }));
}

/** Whether a stored digest is that of a received report, whichever way it was made. */
export function isDigestOf(stored: string, received: { digest: string; report: Report }): boolean {
  if (stored === received.digest) return true;
  return !stored.startsWith(OF_BYTES) && stored === digestOfReport(received.report);
}

function markedDigest(bytes: Buffer): string {
  return OF_BYTES + digest(bytes);
}

function digest(content: Buffer | string): string {
  return hash("sha256", content, "base64url").slice(0, DIGEST_LENGTH);
}

function isDigitOrBlank(byte: number | undefined): boolean {
  return byte === 0x20 || (byte !== undefined && byte >= 0x30 && byte <= 0x39);
}
