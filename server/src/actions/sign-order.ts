import type { ActionEnvelope, ActionOrder } from "@muster/shared/contracts/action-delivery.ts";
import type { Signatures } from "../identity/index.ts";

/** Puts an order into its envelope, signed by every key of its organization. */
export async function signOrder(signatures: Signatures, order: ActionOrder): Promise<ActionEnvelope> {
  const bytes = Buffer.from(JSON.stringify(order));
  const signed = await signatures.signFor(order.organizationId, bytes);
  return {
    order: bytes.toString("base64url"),
    signatures: signed.map(({ keyId, signature }) => ({ keyId, signature: signature.toString("base64url") })),
  };
}
