import { isIPv6 } from "node:net";
import { isPublicAddress } from "../http-client/allowed-address.ts";
import { rateLimitKeyOf } from "./client-address.ts";

/** The public network that an address belongs to: itself or, for IPv6, its /64. Null for an address that is not public. */
export function publicNetworkOf(address: string): string | null {
  if (!isPublicAddress(address)) return null;
  return isIPv6(address) ? `${rateLimitKeyOf(address)}::/64` : address;
}
