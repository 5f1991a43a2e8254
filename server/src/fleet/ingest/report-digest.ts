import { hash } from "node:crypto";
import type { Report } from "@muster/shared/contracts/report.ts";

const DIGEST_LENGTH = 22;

/** Tells a report that is sent again from another one under the same number. The time of sending is no part of the content. */
export function reportDigest(report: Report): string {
  const content = JSON.stringify({ ...report, sentAt: 0 });
  return hash("sha256", content, "base64url").slice(0, DIGEST_LENGTH);
}
