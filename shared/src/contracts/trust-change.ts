import { z } from "zod";
import { EpochMs } from "./text.ts";

/**
 * Statement that the authority of a self-made certificate signs once the server has a certificate that systems trust: agents that pinned
 * this authority may then trust the authorities of their system.
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
  /** 16 to 64 random bytes in base64url, which the consent repeats. */
  nonce: z.string().regex(/^[\w-]{22,86}$/, "must be 16 to 64 random bytes in base64url"),
});

/** The authority's consent to trust the authorities of the system. */
export const TrustChange = z.object({
  /** Exactly the text that was signed. */
  statement: z.string(),
  /** ECDSA with SHA-256, DER, base64url. */
  signature: z.string(),
});
export type TrustChange = z.infer<typeof TrustChange>;
