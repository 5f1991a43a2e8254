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

/** `statement`: exactly the text that was signed. `signature`: ECDSA with SHA-256, DER, base64url. */
export const TrustChange = z.object({ statement: z.string(), signature: z.string() });
export type TrustChange = z.infer<typeof TrustChange>;
