import { BlockList, isIP } from "node:net";

/** Proxies whose X-Forwarded-For is trusted: addresses or ranges such as `10.0.0.0/8`, `fd00::/8`. */
export type TrustedProxies = { has(address: string): boolean };

/** Throws for an invalid address or range. */
export function createTrustedProxies(ranges: readonly string[]): TrustedProxies {
  const list = new BlockList();
  for (const range of ranges) {
    const [address = "", bits] = range.split("/");
    const family = isIP(address) === 6 ? "ipv6" : "ipv4";
    list.addSubnet(address, bits === undefined ? (family === "ipv6" ? 128 : 32) : Number(bits), family);
  }
  return { has: (address) => list.check(address, isIP(address) === 6 ? "ipv6" : "ipv4") };
}

/**
 * The address of the client: that of the connection or, if it is a trusted proxy, the rightmost entry of X-Forwarded-For that is not
 * a trusted proxy. Entries left of an invalid one are ignored.
 */
export function clientAddress(
  peer: string,
  forwardedFor: string | undefined,
  proxies: TrustedProxies,
): string {
  let address = withoutIpv4Mapping(peer);
  if (forwardedFor === undefined) return address;
  const hops = forwardedFor.split(",");
  while (hops.length > 0 && proxies.has(address)) {
    const hop = withoutIpv4Mapping((hops.pop() ?? "").trim());
    if (isIP(hop) === 0) break;
    address = hop;
  }
  return address;
}

/** Key of the rate limit: the address or, for IPv6, its /64, which belongs to one customer. */
export function rateLimitKeyOf(address: string): string {
  if (isIP(address) !== 6) return address;
  const [head = "", tail] = address.split("::");
  const front = head === "" ? [] : head.split(":");
  const back = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros = Array<string>(Math.max(0, 8 - front.length - back.length)).fill("0");
  return [...front, ...(tail === undefined ? [] : zeros), ...back].slice(0, 4).join(":");
}

function withoutIpv4Mapping(address: string): string {
  return address.startsWith("::ffff:") && address.includes(".") ? address.slice(7) : address;
}
