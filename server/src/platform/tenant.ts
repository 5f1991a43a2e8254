/**
 * Whose data a caller reaches: an organization and, of it, the customers that the caller is limited to; null without a limit. What
 * belongs to no customer is out of reach for a limited caller. A user and an API key are one.
 */
export type Tenant = { readonly orgId: string; readonly customerIds: readonly string[] | null };

/** For what no member asks for: jobs, agents, legacy systems and the command line. */
export function wholeOrganization(orgId: string): Tenant {
  return { orgId, customerIds: null };
}

/** Only the tenant of a caller, as read threads and caches need it. */
export function tenantOf({ orgId, customerIds }: Tenant): Tenant {
  return { orgId, customerIds };
}

/** Equal for tenants that reach the same. */
export function tenantKeyOf({ orgId, customerIds }: Tenant): string {
  return customerIds === null ? orgId : `${orgId} ${customerIds.toSorted().join(" ")}`;
}

/** True when `customerId` is within the limit; null stands for no customer. */
export function reaches({ customerIds }: Tenant, customerId: string | null): boolean {
  return customerIds === null || (customerId !== null && customerIds.includes(customerId));
}
