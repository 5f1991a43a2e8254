import type { NetworkInterfaceInfo } from "node:os";
import { expect, it } from "vitest";
import { listNetworkAddresses } from "./network-addresses.ts";

const entry = (address: string, internal = false): NetworkInterfaceInfo => {
  const common = { address, netmask: "", mac: "", internal, cidr: null };
  return address.includes(":") ? { ...common, family: "IPv6", scopeid: 0 } : { ...common, family: "IPv4" };
};

it("lists what other machines may reach, networks before bridges of containers, IPv4 first", () => {
  const addresses = listNetworkAddresses({
    lo: [entry("127.0.0.1", true), entry("::1", true)],
    docker0: [entry("172.17.0.1")],
    eth0: [entry("fe80::1"), entry("fd00::7"), entry("192.168.7.20"), entry("169.254.3.4")],
    tun0: [entry("10.8.0.2")],
  });
  expect(addresses).toEqual(["192.168.7.20", "fd00::7", "172.17.0.1", "10.8.0.2"]);
});

it("is empty without a network", () => {
  expect(listNetworkAddresses({ lo: [entry("127.0.0.1", true)] })).toEqual([]);
});
