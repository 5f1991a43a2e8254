import { generateKeyPairSync, sign } from "node:crypto";
import { ActionOrder } from "@muster/shared/contracts/action-delivery.ts";
import { describe, expect, it } from "vitest";
import { verifyEnvelope } from "./verify-envelope.ts";

const { publicKey, privateKey } = generateKeyPairSync("ed25519");
const key = { id: "k1", publicKey: publicKey.export({ format: "jwk" }).x ?? "" };
const ORDER: ActionOrder = {
  v: 1,
  organizationId: "01890a5d-ac96-774b-bcce-000000000001",
  deviceId: "01890a5d-ac96-774b-bcce-000000000002",
  actionId: "01890a5d-ac96-774b-bcce-000000000003",
  type: "message",
  payload: { title: "Hello" },
  validUntil: 2000,
  nonce: "n".repeat(43),
};
const { organizationId, deviceId, nonce } = ORDER;
const EXPECTED = { keys: [key], organizationId, deviceId, nonce, serverNowMs: 1999 };

function envelopeOf(text: string, keyId = "k1") {
  const bytes = Buffer.from(text);
  return {
    order: bytes.toString("base64url"),
    signatures: [{ keyId, signature: sign(null, bytes, privateKey).toString("base64url") }],
  };
}
const verdictOn = (order: object) => verifyEnvelope(envelopeOf(JSON.stringify(order)), EXPECTED);

describe("verifyEnvelope", () => {
  it("trusts what a pinned key signed for this device, this claim and now", () => {
    expect(verdictOn(ORDER)).toEqual({ kind: "trusted", order: ORDER });
  });

  it("trusts an order that names who asked for it", () => {
    const order = { ...ORDER, askedBy: "Ada Lovelace" };
    expect(ActionOrder.safeParse(order).success).toBe(true);
    expect(verdictOn(order)).toEqual({ kind: "trusted", order });
  });

  it("trusts when one of several signatures is by a pinned key", () => {
    const good = envelopeOf(JSON.stringify(ORDER));
    const other = { keyId: "operator", signature: "A".repeat(86) };
    expect(verifyEnvelope({ ...good, signatures: [other, ...good.signatures] }, EXPECTED).kind).toBe(
      "trusted",
    );
  });

  it("looks at five signatures at most", () => {
    const good = envelopeOf(JSON.stringify(ORDER));
    const others = Array.from({ length: 5 }, () => ({ keyId: "k1", signature: "A".repeat(86) }));
    expect(verifyEnvelope({ ...good, signatures: [...others, ...good.signatures] }, EXPECTED).kind).toBe(
      "refused",
    );
  });

  it("refuses at the very instant at which the validity is over", () => {
    expect(
      verifyEnvelope(envelopeOf(JSON.stringify(ORDER)), { ...EXPECTED, serverNowMs: 2000 }),
    ).toMatchObject({
      kind: "refused",
      actionId: ORDER.actionId,
    });
  });

  it("refuses every byte that was changed", () => {
    const good = envelopeOf(JSON.stringify(ORDER));
    const bytes = Buffer.from(good.order, "base64url");
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(verifyEnvelope({ ...good, order: changed.toString("base64url") }, EXPECTED).kind).toBe(
        "refused",
      );
    }
  });

  it("reads no order that the contract does not", () => {
    const orders = [
      { ...ORDER, v: 2 },
      { ...ORDER, more: 1 },
      { ...ORDER, deviceId: "x" },
      { ...ORDER, actionId: "../../etc" },
      { ...ORDER, payload: [] },
      { ...ORDER, payload: null },
      { ...ORDER, validUntil: "2000" },
      { ...ORDER, type: "t".repeat(61) },
      { ...ORDER, askedBy: "" },
      { ...ORDER, askedBy: null },
      { ...ORDER, askedBy: "a\nb" },
      { ...ORDER, askedBy: "a".repeat(121) },
    ];
    for (const order of orders) {
      expect(ActionOrder.safeParse(order).success).toBe(false);
      expect(verdictOn(order)).toMatchObject({ kind: "refused", actionId: null });
    }
  });

  it("refuses what is no base64url, no UTF-8 or too long, and keys that are none", () => {
    const good = envelopeOf(JSON.stringify(ORDER));
    expect(verifyEnvelope({ ...good, order: `${good.order}=` }, EXPECTED).kind).toBe("refused");
    expect(verifyEnvelope({ ...good, order: "A".repeat(64_001) }, EXPECTED).kind).toBe("refused");
    expect(
      verifyEnvelope({ ...good, order: Buffer.from([0xff, 0xfe]).toString("base64url") }, EXPECTED).kind,
    ).toBe("refused");
    expect(verifyEnvelope(good, { ...EXPECTED, keys: [{ id: "k1", publicKey: "short" }] }).kind).toBe(
      "refused",
    );
    expect(verifyEnvelope(good, { ...EXPECTED, keys: [] }).kind).toBe("refused");
  });
});
