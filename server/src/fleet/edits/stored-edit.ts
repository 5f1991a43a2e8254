import type { Actor } from "../../identity/index.ts";
import type { Tenant } from "../../platform/tenant.ts";
import type { DeviceEditRow } from "./device-edits.tables.ts";

/** Who requested an edit. */
export function actorOfEdit({ actor }: Pick<DeviceEditRow, "actor">): Actor {
  const stored: Actor = JSON.parse(actor);
  return stored;
}

/** What the one who requested an edit reached then. */
export function tenantOfEdit({
  org_id: orgId,
  customer_ids,
}: Pick<DeviceEditRow, "org_id" | "customer_ids">): Tenant {
  if (customer_ids === null) return { orgId, customerIds: null };
  const customerIds: string[] = JSON.parse(customer_ids);
  return { orgId, customerIds };
}

/** Names one who can request edits: a user or a key. */
export function actorKeyOf({ type, id }: Actor): string {
  return `${type}:${id ?? ""}`;
}
