import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { hashSecret, isSameHash, isSecretOf, makeSecret } from "./secret.ts";

describe("makeSecret", () => {
  it("creates a prefix and 256 random bits, never the same twice", () => {
    const secrets = Array.from({ length: 100 }, () => makeSecret("device"));
    expect(new Set(secrets).size).toBe(100);
    for (const secret of secrets) {
      expect(secret).toMatch(/^md_[A-Za-z0-9_-]{43}$/);
      expect(Buffer.from(secret.slice(3), "base64url")).toHaveLength(32);
    }
  });
});

describe("isSecretOf", () => {
  it("distinguishes the kinds and refuses every other format", () => {
    const key = makeSecret("apiKey");
    expect(isSecretOf("apiKey", key)).toBe(true);
    expect(isSecretOf("device", key)).toBe(false);
    for (const wrong of [
      "",
      "mk_",
      key.slice(0, -1),
      `${key}A`,
      ` ${key}`,
      `${key}\n`,
      key.replace("mk_", "MK_"),
    ]) {
      expect(isSecretOf("apiKey", wrong)).toBe(false);
    }
  });
});

it("hashSecret is SHA-256 in hexadecimal", () => {
  const secret = makeSecret("session");
  expect(hashSecret(secret)).toBe(createHash("sha256").update(secret).digest("hex"));
});

it("isSameHash compares hashes, also of different length", () => {
  const hash = hashSecret("a");
  expect(isSameHash(hash, hashSecret("a"))).toBe(true);
  expect(isSameHash(hash, hashSecret("b"))).toBe(false);
  expect(isSameHash(hash, hash.slice(1))).toBe(false);
});
