import type { NetworkInterfaceInfo } from "node:os";
import { describe, expect, it } from "vitest";
import { toNetworkInterfaces } from "./network-interfaces.ts";

const info = (address: string, mac: string, internal = false): NetworkInterfaceInfo => ({
  address,
  mac,
  internal,
  netmask: "255.255.255.0",
  family: "IPv4",
  cidr: null,
});

describe("toNetworkInterfaces", () => {
  it("lists interfaces and addresses in a fixed order, without loopback and those not to be listed", () => {
    const interfaces = {
      wlan0: [info("192.0.2.20", "02:00:00:00:00:02"), info("192.0.2.10", "02:00:00:00:00:02")],
      lo: [info("127.0.0.1", "00:00:00:00:00:00", true)],
      veth9: [info("192.0.2.30", "02:00:00:00:00:03")],
      tun0: [info("198.51.100.4", "00:00:00:00:00:00")],
    };
    expect(toNetworkInterfaces(interfaces, { isListed: (name) => name !== "veth9" })).toEqual([
      { name: "wlan0", mac: "02:00:00:00:00:02", addresses: ["192.0.2.10", "192.0.2.20"] },
      { name: "tun0", mac: undefined, addresses: ["198.51.100.4"] },
    ]);
  });
});
