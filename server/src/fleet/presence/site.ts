/** Devices of one customer behind the same public network, or all devices of a customer where that is unknown. */
export type Site = { customerId: string | null; network: string | null };

/** Identifies a site within its organization; null for devices of which neither a customer nor a network is known. */
export function siteKeyOf({ customerId, network }: Site): string | null {
  return customerId === null && network === null ? null : `${customerId ?? ""} ${network ?? ""}`;
}
