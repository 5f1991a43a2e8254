import { networkInterfaces } from "node:os";
import { describe, expect, it } from "vitest";
import type { Inventory } from "@muster/shared/contracts/inventory.ts";
import { toNetworkInterfaces } from "../../desktop-agent/src/platform/network-interfaces.ts";
import { createRouteSource } from "../../desktop-agent/src/platform/route-source.ts";
import { inventoryColumns } from "../../server/src/fleet/ingest/inventory-columns.ts";

type Nic = [name: string, ...addresses: string[]];

function addressOf(...nics: Nic[]) {
  const body: Inventory = {
    hostname: "host",
    os: { family: "linux", name: "Linux", arch: "x64" },
    hardware: { cpu: { model: "x", cores: 1, threads: 1 }, memoryBytes: 1, hasBattery: false },
    classGuess: "desktop",
    disks: [],
    agent: { version: "0", runtime: "Node", variant: "headless" },
    bootedAt: 0,
    networkInterfaces: nics.map(([name, ...addresses]) => ({ name, addresses })),
  };
  return inventoryColumns({ hash: "0", body }, 0).address;
}

describe("the address of a device", () => {
  it.each<[string, Nic[], string]>([
    [
      "VMware and Wi-Fi",
      [
        ["VMware Network Adapter VMnet1", "192.168.56.1"],
        ["VMware Network Adapter VMnet8", "192.168.130.1"],
        ["Wi-Fi", "192.168.178.34"],
      ],
      "192.168.178.34",
    ],
    [
      "VirtualBox and WLAN",
      [
        ["VirtualBox Host-Only Network", "192.168.99.1"],
        ["WLAN", "10.1.2.3"],
      ],
      "10.1.2.3",
    ],
    [
      "Tailscale and Wi-Fi",
      [
        ["Tailscale", "100.101.102.103"],
        ["Wi-Fi", "192.168.178.34"],
      ],
      "192.168.178.34",
    ],
    [
      "LXD",
      [
        ["lxdbr0", "10.45.12.1"],
        ["wlp2s0", "10.0.0.5"],
      ],
      "10.0.0.5",
    ],
    [
      "Cilium",
      [
        ["cilium_host", "10.244.1.77"],
        ["ens5", "10.0.0.5"],
      ],
      "10.0.0.5",
    ],
    [
      "OpenVPN on Linux",
      [
        ["tun0", "10.8.0.6"],
        ["wlan0", "192.168.1.20"],
      ],
      "192.168.1.20",
    ],
    [
      "Wi-Fi Direct in German",
      [
        ["LAN-Verbindung* 2", "192.168.137.1"],
        ["WLAN", "10.1.2.3"],
      ],
      "10.1.2.3",
    ],
    [
      "WSL",
      [
        ["vEthernet (WSL (Hyper-V firewall))", "172.20.0.1"],
        ["Ethernet", "10.1.2.3"],
      ],
      "10.1.2.3",
    ],
    [
      "a Mac with a VPN",
      [
        ["utun4", "10.9.0.2"],
        ["en0", "10.1.2.3"],
      ],
      "10.1.2.3",
    ],
    [
      "an unknown VPN in the carriers' range",
      [
        ["corp0", "100.100.1.2"],
        ["eth0", "10.1.2.3"],
      ],
      "10.1.2.3",
    ],
    [
      "IPv6 alone beside a bridge",
      [
        ["docker0", "172.17.0.1"],
        ["eth0", "2001:db8::7"],
      ],
      "2001:db8::7",
    ],
  ])("is the real interface's: %s", (_, nics, expected) => {
    expect(addressOf(...nics)).toBe(expected);
    expect(addressOf(...nics.toReversed())).toBe(expected);
  });

  it("is that of an external switch or a bridge that has the machine's own address", () => {
    expect(
      addressOf(["vEthernet (External)", "10.1.2.3"], ["vEthernet (Default Switch)", "172.28.0.1"]),
    ).toBe("10.1.2.3");
    expect(
      addressOf(["vEthernet (Standardswitch)", "172.28.0.1"], ["vEthernet (New Virtual Switch)", "10.1.2.3"]),
    ).toBe("10.1.2.3");
    expect(addressOf(["docker0", "172.17.0.1"], ["vmbr0", "10.1.2.3"])).toBe("10.1.2.3");
  });

  it("is a virtual one when there is no other", () => {
    expect(addressOf(["wg0", "10.8.0.6"], ["eth0", "fe80::1"])).toBe("10.8.0.6");
  });
});

describe("the interfaces of a device", () => {
  const nic = (address: string) => [
    { address, mac: "02:00:00:00:00:01", internal: false, netmask: "", family: "IPv4" as const, cidr: null },
  ];

  it("start with the one on the route to the server, with that address first", () => {
    const all = {
      eth0: nic("10.1.2.3"),
      eth1: [...nic("10.9.0.2"), ...nic("10.9.0.7")],
      zt3jnwxyzt: nic("10.0.0.9"),
    };
    const [first] = toNetworkInterfaces(all, { isHardware: () => true, inUse: ["10.9.0.7"] });
    expect(first).toMatchObject({ name: "eth1", addresses: ["10.9.0.7", "10.9.0.2"] });
  });

  it("read the source address from the system: loopback for this machine, else one of its addresses", async () => {
    const routes = createRouteSource();
    routes.routeTo("127.0.0.1");
    const [towardsItself, ...others] = await routes.addressesInUse();
    expect(towardsItself).toBe("127.0.0.1");
    const own = Object.values(networkInterfaces()).flatMap((infos) => infos ?? []);
    for (const address of others) expect(own.map((info) => info.address)).toContain(address);
  });

  it("are read even when the server's name cannot be resolved", async () => {
    const routes = createRouteSource();
    routes.routeTo("[::1]:not-a-host");
    await expect(routes.addressesInUse()).resolves.toBeInstanceOf(Array);
  });
});
