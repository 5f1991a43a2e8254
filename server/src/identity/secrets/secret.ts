import { hash, randomBytes, timingSafeEqual } from "node:crypto";

const PREFIXES = {
  apiKey: "mk_",
  device: "md_",
  enrolmentToken: "mt_",
  setupLink: "ms_",
  session: "mc_",
  legacySession: "mo_",
  browser: "mb_",
} as const;

export type SecretKind = keyof typeof PREFIXES;

const SECRET_PATTERN = /^m[a-z]_[A-Za-z0-9_-]{43}$/;

/** Makes a secret of `kind`: its prefix and 256 random bits in base64url. */
export function makeSecret(kind: SecretKind): string {
  return PREFIXES[kind] + randomBytes(32).toString("base64url");
}

/** True when `value` has the form of a secret of `kind`. Other values are never looked up. */
export function isSecretOf(kind: SecretKind, value: string): boolean {
  return value.startsWith(PREFIXES[kind]) && SECRET_PATTERN.test(value);
}

/** The stored form of a secret: its SHA-256 in hexadecimal. 256 random bits need no slow hash. */
export function hashSecret(secret: string): string {
  return hash("sha256", secret, "hex");
}

/** Compares two hashes in constant time. */
export function isSameHash(left: string, right: string): boolean {
  const a = Buffer.from(left);
  const b = Buffer.from(right);
  return a.length === b.length && timingSafeEqual(a, b);
}
