import { createECDH, hkdfSync } from "node:crypto";

/** The pair of keys by which push services recognise this server (RFC 8292), in base64url. */
export type PushKeys = { publicKey: string; privateKey: string };

/**
 * Derives the pair from a secret of the server, so that it is the same on every server and after a restore: subscriptions of browsers are
 * bound to it.
 */
export function derivePushKeys(secret: Buffer): PushKeys {
  for (let attempt = 0; ; attempt++) {
    const scalar = Buffer.from(hkdfSync("sha256", secret, "", `vapid ${attempt}`, 32));
    const curve = createECDH("prime256v1");
    try {
      curve.setPrivateKey(scalar);
    } catch {
      // One of 2^32 numbers is none of the curve.
      continue;
    }
    return { publicKey: curve.getPublicKey("base64url"), privateKey: scalar.toString("base64url") };
  }
}
