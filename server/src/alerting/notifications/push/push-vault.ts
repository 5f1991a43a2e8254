import { NewPushSubscription } from "@muster/shared/contracts/push-subscription.ts";
import type { z } from "zod";

const Receiver = NewPushSubscription.pick({ endpoint: true, keys: true });
/** Where messages for a browser go, and the keys that encrypt them. */
export type PushReceiver = z.infer<typeof Receiver>;

type Owner = { org_id: string; id: string };

/** Seals and opens where a browser gets messages; each opens for its own subscription only. */
export function createPushVault({
  seal,
  unseal,
}: {
  seal(secret: Buffer, context: string): Buffer;
  unseal(sealed: Buffer, context: string): Buffer;
}) {
  const contextOf = ({ org_id, id }: Owner) => `push:${org_id}:${id}`;
  return {
    seal: (owner: Owner, receiver: PushReceiver) =>
      seal(Buffer.from(JSON.stringify(receiver)), contextOf(owner)),
    open: (row: Owner & { sealed: Buffer }): PushReceiver =>
      Receiver.parse(JSON.parse(unseal(row.sealed, contextOf(row)).toString("utf8"))),
  };
}
export type PushVault = ReturnType<typeof createPushVault>;
