import { isAllowedAddress, literalAddressOf, type Network } from "./allowed-address.ts";
import { forbiddenAddress, GuardedRequestError } from "./guarded-request-error.ts";

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
  if (literal !== null && !isAllowedAddress(literal, networks)) throw forbiddenAddress();
  return url;
}
