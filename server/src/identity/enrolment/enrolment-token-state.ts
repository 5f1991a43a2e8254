import { EnrolmentToken } from "@muster/shared/contracts/enrolment.ts";

type UseCount = { uses: number; max_uses: number | null };
type TokenEnd = UseCount & { expires_at: number; revoked_at: number | null };

/** Devices that a token may still enrol; null means no limit. */
export function usesLeft({ uses, max_uses }: UseCount): number | null {
  return max_uses === null ? null : Math.max(0, max_uses - uses);
}

/** State of a token at `now`; of several reasons, the first one counts. */
export function stateOf(token: TokenEnd, now: number): EnrolmentToken["state"] {
  if (token.revoked_at !== null) return "revoked";
  if (usesLeft(token) === 0) return "used-up";
  return token.expires_at <= now ? "expired" : "valid";
}

export function readTags(row: { tags: string }): string[] {
  return EnrolmentToken.shape.tags.parse(JSON.parse(row.tags));
}
