import { isInNetworks, isPublicAddress, literalAddressOf, type Network } from "./allowed-address.ts";
import { forbiddenAddress, forbiddenPlain, GuardedRequestError } from "./guarded-request-error.ts";

/**
 * Reads the URL of a request. Throws GuardedRequestError for anything but http and https without a user name, and for a literal address
 * that is not allowed: such an address never reaches the lookup.
 */
export function readTarget(text: string, networks: readonly Network[]): URL {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new GuardedRequestError("invalid-url", "The address must begin with https:// or http://.");
  }
  if (url.username !== "" || url.password !== "") {
    throw new GuardedRequestError("invalid-url", "The address must not contain a user name or password.");
  }
  const literal = literalAddressOf(url);
  const refusal = literal === null ? null : refusalOf(literal, url, networks);
  if (refusal) throw refusal;
  return url;
}

/** Why a request must not be sent to an address; null when it may. Plain http is only for networks that the operator listed. */
export function refusalOf(
  address: string,
  { protocol }: URL,
  networks: readonly Network[],
): GuardedRequestError | null {
  if (isInNetworks(address, networks)) return null;
  if (!isPublicAddress(address)) return forbiddenAddress();
  return protocol === "https:" ? null : forbiddenPlain();
}
