import { createECDH } from "node:crypto";
import { expect, it } from "vitest";
import { derivePushKeys } from "./push-keys.ts";

it("derives the same pair from the same secret, and another one from another", () => {
  const keys = derivePushKeys(Buffer.alloc(32, 1));
  expect(derivePushKeys(Buffer.alloc(32, 1))).toEqual(keys);
  expect(derivePushKeys(Buffer.alloc(32, 2))).not.toEqual(keys);
  const curve = createECDH("prime256v1");
  curve.setPrivateKey(Buffer.from(keys.privateKey, "base64url"));
  expect(curve.getPublicKey("base64url")).toBe(keys.publicKey);
});
