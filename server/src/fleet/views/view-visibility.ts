import type { ViewQuery } from "@muster/shared/contracts/saved-view.ts";
import { reaches, type Tenant } from "../../platform/tenant.ts";

/**
 * True when a tenant may know a shared view of somebody else. For a limited tenant it must be about customers within the limit only:
 * names of customers, tags, users and the name of a view say something about devices out of reach.
 */
export function mayKnowView(tenant: Tenant, query: ViewQuery): boolean {
  if (tenant.customerIds === null) return true;
  if (query.customer.length > 0 || query.customerId.length === 0) return false;
  return query.customerId.every((id) => reaches(tenant, id));
}
