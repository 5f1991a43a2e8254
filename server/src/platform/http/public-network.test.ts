import { expect, test } from "vitest";
import { publicNetworkOf } from "./public-network.ts";

test.each([
  ["8.8.4.4", "8.8.4.4"],
  ["2a00:1450:4001:81b::200e", "2a00:1450:4001:81b::/64"],
  ["2a00:1450::1", "2a00:1450:0:0::/64"],
  ["10.0.0.7", null],
  ["100.64.3.2", null],
  ["169.254.1.1", null],
  ["127.0.0.1", null],
  ["::1", null],
  ["fd00::7", null],
  ["fe80::1", null],
  ["", null],
])("the public network of %j is %j", (address, network) => {
  expect(publicNetworkOf(address)).toBe(network);
});
