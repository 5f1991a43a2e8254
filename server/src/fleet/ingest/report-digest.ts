import { hash } from "node:crypto";
import type { Report } from "@muster/shared/contracts/report.ts";

const DIGEST_LENGTH = 22;

/** Distinguishes a repeated report from another one with the same number. The time of sending is not part of the digest. */
export function reportDigest(report: Report): string {
  const content = JSON.stringify({ ...report, sentAt: 0 });
  return hash("sha256", content, "base64url").slice(0, DIGEST_LENGTH);
}
