import { describe, expect, it } from "vitest";
import { readPublicKey, readSeed, signEd25519, verifyEd25519 } from "./ed25519.ts";

// RFC 8032, section 7.1, test 2.
const seed = Buffer.from("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb", "hex");
const publicKey = Buffer.from(
  "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
  "hex",
).toString("base64url");
const message = Buffer.from("72", "hex");
const signature =
  "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00";

describe("Ed25519 with raw keys", () => {
  it("signs as specified in RFC 8032", () => {
    expect(signEd25519(message, readSeed(seed)).toString("hex")).toBe(signature);
  });

  it("accepts the signature of this message by this key, and no other", async () => {
    const bytes = Buffer.from(signature, "hex");
    const isBy = async (said: Buffer, by: Buffer, key: string) => {
      const read = readPublicKey(key);
      return read && verifyEd25519(said, by, read);
    };
    expect(await isBy(message, bytes, publicKey)).toBe(true);
    expect(await isBy(Buffer.from("73", "hex"), bytes, publicKey)).toBe(false);
    expect(await isBy(message, bytes.subarray(1), publicKey)).toBe(false);
    expect(await isBy(message, bytes, Buffer.alloc(32, 1).toString("base64url"))).toBe(false);
    expect(await isBy(message, bytes, "short")).toBe(null);
  });
});
