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
 * The address of the client: that of the connection or, if it is a trusted proxy, the rightmost entry of `forwarded` that is not a
 * trusted proxy. Entries left of an invalid one are ignored. `forwarded` is X-Forwarded-For or Forwarded, see `forwardedHeader`.
 */
export function clientAddress(peer: string, forwarded: string | undefined, proxies: TrustedProxies): string {
  let address = withoutIpv4Mapping(peer);
  if (forwarded === undefined) return address;
  const hops = forwarded.split(",");
  while (hops.length > 0 && proxies.has(address)) {
    const hop = hopAddress(hops.pop() ?? "");
    if (hop === null) break;
    address = hop;
  }
  return address;
}

/**
 * The header that names the hops. Forwarded counts only where no proxy sent X-Forwarded-For: a proxy that sets the one passes on
 * whatever a client put into the other.
 */
export function forwardedHeader(header: (name: string) => string | undefined): string | undefined {
  return header("x-forwarded-for") ?? header("forwarded");
}

const MAPPED_IN_HEX = /^([\da-f]{1,4}):([\da-f]{1,4})$/;
const FORWARDED_PARAMETER = /^([a-z]+)=(.*)$/i;
const QUOTED = /^"([^"]*)"$/;
const WITH_PORT = /^(?:\[([^[\]]+)\]|([\d.]+))(?::(\d{1,5}))?$/;
const MAX_PORT = 65_535;

/**
 * The address in an entry: "192.0.2.1", "192.0.2.1:443", "2001:db8::1", "[2001:db8::1]:443", each also in quotes or as the
 * parameter `for` of Forwarded (RFC 7239). Null for anything else.
 */
function hopAddress(entry: string): string | null {
  const node = forwardedNode(entry.trim());
  if (node === null) return null;
  const text = QUOTED.exec(node)?.[1] ?? node;
  const [, bracketed, plain, port] = WITH_PORT.exec(text) ?? [];
  if (port !== undefined && Number(port) > MAX_PORT) return null;
  const address = bracketed ?? plain ?? text;
  const family = isIP(address);
  // A zone such as %eth0 has a meaning on the proxy only.
  if (family === 0 || address.includes("%") || (bracketed !== undefined && family === 4)) return null;
  return withoutIpv4Mapping(address);
}

/** The value of `for` in an element of Forwarded, or the entry itself where it has no parameters. Null without one `for`. */
function forwardedNode(entry: string): string | null {
  if (!entry.includes("=")) return entry;
  const parameters = entry.split(";").map((parameter) => FORWARDED_PARAMETER.exec(parameter.trim()));
  const nodes = parameters.filter((parameter) => parameter?.[1]?.toLowerCase() === "for");
  return nodes.length === 1 ? (nodes[0]?.[2] ?? null) : null;
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

/** In lower case, and an IPv4 address that is written as an IPv6 one as what it is. */
function withoutIpv4Mapping(address: string): string {
  const lower = address.toLowerCase();
  if (!lower.startsWith("::ffff:")) return lower;
  const mapped = lower.slice(7);
  if (isIP(mapped) === 4) return mapped;
  const [, high, low] = MAPPED_IN_HEX.exec(mapped) ?? [];
  if (high === undefined || low === undefined) return lower;
  const bits = [Number.parseInt(high, 16), Number.parseInt(low, 16)];
  return bits.flatMap((pair) => [pair >> 8, pair & 0xff]).join(".");
}
