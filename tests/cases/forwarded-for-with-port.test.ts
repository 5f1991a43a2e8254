import { expect, test } from "vitest";
import { clientAddress, createTrustedProxies } from "../../server/src/platform/http/client-address.ts";

/**
 * Some proxies write the client's port: Azure Application Gateway, IIS with ARR (goauthentik/authentik #25679, rack/rack #1227). Read
 * as no address, all clients share the proxy's own address and its limits.
 */
const proxies = createTrustedProxies(["127.0.0.1", "10.0.0.0/8"]);

test.each([
  ["203.0.113.7:51413", "203.0.113.7"],
  ["[2001:db8::7]:51413", "2001:db8::7"],
  ["[2001:db8::7]", "2001:db8::7"],
  ["203.0.113.7:51413, 10.0.0.6:443", "203.0.113.7"],
  ['"203.0.113.7:51413"', "203.0.113.7"],
  ['"[2001:db8::7]:443", 10.0.0.6', "2001:db8::7"],
  ["203.0.113.7:0", "203.0.113.7"],
  ["  203.0.113.7:51413 ,\t10.0.0.6 ", "203.0.113.7"],
  ["[::ffff:203.0.113.7]:51413", "203.0.113.7"],
  ["::FFFF:cb00:7107", "203.0.113.7"],
  ["2001:db8::7:443", "2001:db8::7:443"],
  ['for="203.0.113.7:51413";proto=https', "203.0.113.7"],
  ['for="[2001:db8::7]:51413"', "2001:db8::7"],
])("reads the address from %s", (forwarded, address) => {
  expect(clientAddress("127.0.0.1", forwarded, proxies)).toBe(address);
});

test.each([
  "nonsense:1",
  "203.0.113.7:99999999",
  "203.0.113.7:65536",
  "203.0.113.7:",
  "203.0.113.7:-1",
  "203.0.113.7:8o",
  "203.0.113:51413",
  "[203.0.113.7]:51413",
  "[2001:db8::7",
  "[2001:db8::7]51413",
  "[fe80::1%eth0]:443",
  "fe80::1%eth0",
  '"203.0.113.7',
  "for=_hidden:51413",
  "",
])("does not accept %j", (forwarded) => {
  expect(clientAddress("127.0.0.1", forwarded, proxies)).toBe("127.0.0.1");
});
