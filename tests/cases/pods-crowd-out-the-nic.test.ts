import type { NetworkInterfaceInfo } from "node:os";
import { describe, expect, it } from "vitest";
import { fitInventory } from "../../desktop-agent/src/collectors/inventory.collector.ts";
import { toNetworkInterfaces } from "../../desktop-agent/src/platform/network-interfaces.ts";

const nic = (address: string): NetworkInterfaceInfo[] => [
  { address, mac: "02:00:00:00:00:01", internal: false, netmask: "", family: "IPv4", cidr: null },
];

function sentOf(interfaces: NodeJS.Dict<NetworkInterfaceInfo[]>, hardware: string[] = []): string[] {
  return fitInventory({
    hostname: "node",
    os: { family: "linux", name: "Linux", arch: "x64" },
    hardware: { cpu: { model: "x", cores: 1, threads: 1 }, memoryBytes: 1, hasBattery: false },
    classGuess: "vm",
    disks: [],
    networkInterfaces: toNetworkInterfaces(interfaces, { isHardware: (name) => hardware.includes(name) }),
    bootedAt: 1,
  }).networkInterfaces.map(({ name }) => name);
}

const many = (prefix: string, addressOf: (index: number) => string) =>
  Object.fromEntries(
    Array.from({ length: 300 }, (_, index) => [`${prefix}${index}0a1b`, nic(addressOf(index))]),
  );

describe("a machine with more interfaces than a report takes", () => {
  it.each([
    ["azv", "eth0"],
    ["eni", "ens5"],
    ["vif", "xenbr0"],
    ["cali", "zz0"],
    ["a", "wwan0"],
  ])("sends its own interfaces first: %s... and %s", (prefix, own) => {
    const sent = sentOf({ ...many(prefix, (index) => `fe80::${index}`), [own]: nic("10.224.0.4") });
    expect(sent[0]).toBe(own);
    expect(sent).toHaveLength(100);
  });

  it("sends hardware first also when guests have addresses that others reach", () => {
    const guests = many("vif", (index) => `10.0.${index}.1`);
    expect(sentOf({ ...guests, zeth0: nic("fe80::1"), zeth1: nic("10.9.0.4") }, ["zeth0", "zeth1"])).toEqual(
      expect.arrayContaining(["zeth0", "zeth1"]),
    );
  });

  it("sends its own interfaces first when guests under an unknown name have addresses too", () => {
    const guests = many("guest", (index) => `10.0.${index}.1`);
    expect(sentOf({ ...guests, lan0: nic("10.224.0.4") })[0]).toBe("lan0");
  });

  it("keeps the order from one reading to the next", () => {
    const guests = many("vif", (index) => `10.0.${index}.1`);
    const reversed = Object.fromEntries(Object.entries(guests).toReversed());
    expect(sentOf(guests)).toEqual(sentOf(reversed));
  });
});
