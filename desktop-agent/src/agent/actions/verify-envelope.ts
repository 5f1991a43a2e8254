import type { ActionEnvelope, ActionOrder } from "@muster/shared/contracts/action-delivery.ts";
import { isActionOrder } from "../../validators/input-validators.generated.js";

/** A key that may sign orders for this device. */
export type PinnedKey = { id: string; publicKey: string };

/** What an order has to name for this device to believe that it is meant, now. */
export type Expected = {
  keys: readonly PinnedKey[];
  organizationId: string;
  deviceId: string;
  /** The nonce of the very claim that this envelope answers. */
  nonce: string;
  /** The server's clock now, epoch milliseconds. */
  serverNowMs: number;
};

export type Verdict =
  | { kind: "trusted"; order: ActionOrder }
  /** `actionId` is what it calls itself, null when it does not: nothing about it is to be believed. */
  | { kind: "refused"; actionId: string | null; reason: string };

const BASE64_URL = /^[A-Za-z0-9_-]+$/;
const MAX_ORDER_LENGTH = 64_000;
const MAX_SIGNATURES = 5;

/** Decides whether an envelope is an order to this device: pinned key, exact bytes, addressee, this claim, still valid. */
export function verifyEnvelope(envelope: ActionEnvelope, expected: Expected): Verdict {
  const bytes = decode(envelope.order);
  const order = bytes && readOrder(bytes);
  const actionId = order?.actionId ?? null;
  const refused = (reason: string): Verdict => ({ kind: "refused", actionId, reason });

  if (!bytes || !order) return refused("This agent cannot read it.");
  if (!isSigned(bytes, envelope.signatures, expected.keys)) {
    return refused("It is not signed by a key that this device trusts.");
  }
  if (order.organizationId !== expected.organizationId) return refused("It belongs to another organization.");
  if (order.deviceId !== expected.deviceId) return refused("It is for another device.");
  if (order.nonce !== expected.nonce) return refused("It does not belong to this claim.");
  if (order.validUntil <= expected.serverNowMs) return refused("It has expired.");
  return { kind: "trusted", order };
}

function isSigned(
  bytes: Buffer,
  signatures: ActionEnvelope["signatures"],
  keys: readonly PinnedKey[],
): boolean {
  return signatures.slice(0, MAX_SIGNATURES).some(({ keyId, signature }) => {
    const pinned = keys.find(({ id }) => id === keyId);
    return pinned !== undefined && isSignedBy(bytes, signature, pinned.publicKey);
  });
}

function isSignedBy(bytes: Buffer, signature: string, publicKey: string): boolean {
  const { createPublicKey, verify } = process.getBuiltinModule("node:crypto");
  try {
    const key = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: publicKey }, format: "jwk" });
    return verify(null, bytes, key, Buffer.from(signature, "base64url"));
  } catch {
    return false; // A key or signature of another form signs nothing.
  }
}

function decode(text: string): Buffer | null {
  return text.length <= MAX_ORDER_LENGTH && BASE64_URL.test(text) ? Buffer.from(text, "base64url") : null;
}

function readOrder(bytes: Buffer): ActionOrder | null {
  try {
    const order: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    return isActionOrder(order) ? order : null;
  } catch {
    return null; // Neither UTF-8 nor JSON: said by the caller.
  }
}
