import ipaddr from "ipaddr.js";

export type Network = ReturnType<typeof ipaddr.parseCIDR>;

/** What IANA has given out of IPv6. The old form ::127.0.0.1 is outside of it and has no range of its own. */
const GLOBAL_UNICAST = ipaddr.parseCIDR("2000::/3");

/** Ranges that only a network inside them opens: a wide network such as 0.0.0.0/0 must not lead to this computer or its metadata service. */
const LITERAL_RANGES: ReadonlySet<string> = new Set(["loopback", "linkLocal", "unspecified"]);

/** Reads networks such as `10.0.0.0/8`, or single addresses. Throws for what is none. */
export function readNetworks(texts: readonly string[]): Network[] {
  return texts.map((text) => {
    if (text.includes("/")) return ipaddr.parseCIDR(text);
    const address = ipaddr.process(text);
    return [address, address.kind() === "ipv4" ? 32 : 128];
  });
}

/**
 * Whether an address is public unicast. IPv4 inside IPv6 counts as IPv4. Other forms that carry an IPv4 address (6to4, Teredo, NAT64) are
 * not public.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  return parsed.range() === "unicast" && (parsed.kind() === "ipv4" || parsed.match(GLOBAL_UNICAST));
}

/** Whether one of the operator's networks opens an address. */
export function isInNetworks(address: string, networks: readonly Network[]): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  const range = parsed.range();
  return networks.some(
    ([network, bits]) =>
      network.kind() === parsed.kind() &&
      parsed.match(network, bits) &&
      (!LITERAL_RANGES.has(range) || network.range() === range),
  );
}

/** The literal address in the host of a URL, without brackets; null for a name. */
export function literalAddressOf({ hostname }: URL): string | null {
  const bare = hostname.replace(/^\[(.*)\]$/, "$1");
  return ipaddr.isValid(bare) ? bare : null;
}
