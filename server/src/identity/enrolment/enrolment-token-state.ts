import { EnrolmentToken } from "@muster/shared/contracts/enrolment.ts";

type Counted = { uses: number; max_uses: number | null };
type Ending = Counted & { expires_at: number; revoked_at: number | null };

/** Devices that a token may still enrol; null means no limit. */
export function usesLeft({ uses, max_uses }: Counted): number | null {
  return max_uses === null ? null : Math.max(0, max_uses - uses);
}

/** What has become of a token at `now`, by the first reason that ended it for good. */
export function stateOf(token: Ending, now: number): EnrolmentToken["state"] {
  if (token.revoked_at !== null) return "revoked";
  if (usesLeft(token) === 0) return "used-up";
  return token.expires_at <= now ? "expired" : "valid";
}

export function readTags(row: { tags: string }): string[] {
  return EnrolmentToken.shape.tags.parse(JSON.parse(row.tags));
}
