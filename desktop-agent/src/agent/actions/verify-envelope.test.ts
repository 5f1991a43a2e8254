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
  it("trusts an order that a pinned key signed for this device, this claim and this time", () => {
    expect(verdictOn(ORDER)).toEqual({ kind: "trusted", order: ORDER });
  });

  it("trusts an order that names the user who requested it", () => {
    const order = { ...ORDER, askedBy: "Ada Lovelace" };
    expect(ActionOrder.safeParse(order).success).toBe(true);
    expect(verdictOn(order)).toEqual({ kind: "trusted", order });
  });

  it("trusts an order if one of several signatures is by a pinned key", () => {
    const good = envelopeOf(JSON.stringify(ORDER));
    const other = { keyId: "operator", signature: "A".repeat(86) };
    expect(verifyEnvelope({ ...good, signatures: [other, ...good.signatures] }, EXPECTED).kind).toBe(
      "trusted",
    );
  });

  it("checks at most five signatures", () => {
    const good = envelopeOf(JSON.stringify(ORDER));
    const others = Array.from({ length: 5 }, () => ({ keyId: "k1", signature: "A".repeat(86) }));
    expect(verifyEnvelope({ ...good, signatures: [...others, ...good.signatures] }, EXPECTED).kind).toBe(
      "refused",
    );
  });

  it("refuses an order from the moment at which it expires", () => {
    expect(
      verifyEnvelope(envelopeOf(JSON.stringify(ORDER)), { ...EXPECTED, serverNowMs: 2000 }),
    ).toMatchObject({
      kind: "refused",
      actionId: ORDER.actionId,
    });
  });

  it("refuses an order if any byte was changed", () => {
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

  it("refuses an order that does not match the contract", () => {
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

  it("refuses text that is not base64url, not UTF-8 or too long, and invalid keys", () => {
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
