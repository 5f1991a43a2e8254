import { z } from "zod";
import { EpochMs } from "./text.ts";

/**
 * What the authority of a self-made certificate signs once the server has a certificate that systems trust: agents that pinned the
 * authority may trust the system's authorities from now on.
 */
export const TrustChangeStatement = z.object({
  says: z.literal("trust-system-authorities"),
  /** The server's base URL, as agents call it. */
  server: z.string(),
  /** The agent's random number. */
  nonce: z.string(),
  at: EpochMs,
});
export type TrustChangeStatement = z.infer<typeof TrustChangeStatement>;

export const TrustChangeQuery = z.object({
  /** 16 to 64 random bytes in base64url, which the consent has to repeat. */
  nonce: z.string().regex(/^[\w-]{22,86}$/, "must be 16 to 64 random bytes in base64url"),
});

/** The authority's consent. */
export const TrustChange = z.object({
  /** Exactly the text that was signed. */
  statement: z.string(),
  /** ECDSA with SHA-256, DER, base64url. */
  signature: z.string(),
});
export type TrustChange = z.infer<typeof TrustChange>;
