import { describe, expect, it } from "vitest";
import { createNetworkCollector } from "../../desktop-agent/src/collectors/throughput.collector.ts";
import { createFakeClock } from "../../desktop-agent/src/platform/fake/fake-clock.ts";
import { createFileSystemProbe } from "../../desktop-agent/src/platform/file-system-probe.ts";
import { createLinuxMetrics } from "../../desktop-agent/src/platform/linux/linux-metrics.ts";
import { createMemorySystemFiles } from "../../desktop-agent/src/platform/testing/memory-system-files.ts";
import { createNetworkNamespaces, type NetworkNamespaces } from "../harness/network-namespaces.ts";

type Growth = Record<string, [received: number, sent: number]>;

const HEAD = `Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
`;
const netDev = (growth: Growth) =>
  HEAD +
  Object.entries(growth)
    .map(
      ([name, [received, sent]]) => `${name.padStart(6)}: ${received} 1 0 0 0 0 0 0 ${sent} 1 0 0 0 0 0 0\n`,
    )
    .join("");
const M = 10_000_000;
const NET = "/sys/class/net";
const up = (name: string, more: Record<string, string> = {}) => ({
  [`${NET}/${name}/operstate`]: "up\n",
  ...Object.fromEntries(Object.entries(more).map(([file, text]) => [`${NET}/${name}/${file}`, text])),
});

async function ratesOf(tree: Record<string, string>, growth: Growth) {
  const clock = createFakeClock();
  const zero: Growth = Object.fromEntries(Object.keys(growth).map((name) => [name, [0, 0]]));
  const files: Record<string, string> = { ...tree, "/proc/net/dev": netDev(zero) };
  const probe = createFileSystemProbe(() => Promise.reject(new Error("none")), 1_000);
  const collector = createNetworkCollector(
    createLinuxMetrics(createMemorySystemFiles(files), probe, clock),
    clock,
  );
  const { signal } = new AbortController();
  await collector.collect(signal);
  files["/proc/net/dev"] = netDev(growth);
  await clock.advance(10_000);
  const result = await collector.collect(signal);
  return result.kind === "value" ? result.value.metrics : result;
}

// Trees written after what Linux 6.18 shows for links made by `ip link`, and after its documentation of sysfs where this kernel has no
// such driver (bond, VLAN, SR-IOV, netvsc, DSA, Xen).
const ONCE = { netIn: 1e6, netOut: 0 };
describe("counts bytes that pass several interfaces once:", () => {
  it.each<[string, Record<string, string>, Growth]>([
    [
      "Docker in an LXC",
      {
        ...up("eth0"),
        ...up("docker0", { "bridge/bridge_id": "" }),
        ...up("veth1a2b", { master: "-> ../docker0" }),
        ...up("br-0a1b2c3d4e5f", { "bridge/bridge_id": "" }),
      },
      { lo: [0, 0], eth0: [M, 0], docker0: [0, M], veth1a2b: [0, M], "br-0a1b2c3d4e5f": [0, 0] },
    ],
    [
      "WireGuard in an LXC",
      { ...up("eth0"), ...up("wg0", { uevent: "DEVTYPE=wireguard\nINTERFACE=wg0\n", type: "65534\n" }) },
      { lo: [0, 0], eth0: [M, 0], wg0: [M, 0] },
    ],
    [
      "OpenVPN under a name of its own in an LXC",
      { ...up("eth0"), ...up("corp", { tun_flags: "0x1001\n" }) },
      { eth0: [M, 0], corp: [M, 0] },
    ],
    [
      "a VLAN and a macvlan in an LXC",
      {
        ...up("eth0"),
        ...up("eth0.5", { lower_eth0: "-> ../eth0" }),
        ...up("mv0", { lower_eth0: "-> ../eth0" }),
      },
      { eth0: [M, 0], "eth0.5": [M, 0], mv0: [M, 0] },
    ],
    [
      "pods that have a route each in a node that is a container",
      {
        ...up("eth0"),
        ...up("3f2a1b0c9d8e7f6"),
        "/proc/net/route":
          "Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\n" +
          "eth0\t00000000\t010011AC\t0003\t0\t0\t0\t00000000\n" +
          "3f2a1b0c9d8e7f6\t0501F40A\t00000000\t0005\t0\t0\t0\tFFFFFFFF\n",
      },
      { eth0: [M, 0], "3f2a1b0c9d8e7f6": [0, M] },
    ],
    [
      "an LXC that is a bridge itself",
      {
        ...up("eth0", { master: "-> ../br0", "brport/state": "" }),
        ...up("br0", { "bridge/bridge_id": "", lower_eth0: "-> ../eth0" }),
        ...up("vethab12", { master: "-> ../br0" }),
      },
      { eth0: [M, 0], br0: [M, 0], vethab12: [0, M] },
    ],
    ["a container without privileges", up("tap0", { tun_flags: "0x1002\n" }), { lo: [M, M], tap0: [M, 0] }],
    [
      "a bond of two cards with a VLAN",
      {
        ...up("eno1", { device: "-> ../../pci", master: "-> /sys/class/net/bond0" }),
        ...up("eno2", { device: "-> ../../pci", master: "-> /sys/class/net/bond0" }),
        ...up("bond0", { "bonding/mode": "" }),
        ...up("bond0.9", { lower_bond0: "-> ../bond0" }),
      },
      { eno1: [M / 2, 0], eno2: [M / 2, 0], bond0: [M, 0], "bond0.9": [M, 0] },
    ],
    [
      "a virtual function beside its physical one",
      {
        ...up("ens1f0", { "device/vendor": "0x8086\n" }),
        ...up("ens1f0v0", { "device/physfn/net/ens1f0/mtu": "" }),
        ...up("ens1f0_0", { "device/vendor": "0x8086\n", phys_port_name: "pf0vf0\n" }),
      },
      { ens1f0: [M, 0], ens1f0v0: [M, 0], ens1f0_0: [0, M] },
    ],
    [
      "Azure's accelerated card below its synthetic one",
      {
        ...up("eth0", { device: "-> ../../vmbus" }),
        ...up("enP1s1", { device: "-> ../../pci", master: "-> /sys/class/net/eth0" }),
      },
      { eth0: [M, 0], enP1s1: [M, 0] },
    ],
    [
      "the guests of a Xen host",
      {
        ...up("eth0", { device: "-> ../../pci" }),
        ...up("vif1.0", { device: "-> /sys/devices/xen-backend/vif-1-0" }),
      },
      { eth0: [M, 0], "vif1.0": [0, M] },
    ],
    [
      "the ports of a switch behind one card",
      {
        ...up("eth0", { device: "-> ../../soc" }),
        ...up("lan1", { device: "-> ../../mdio", uevent: "DEVTYPE=dsa\nINTERFACE=lan1\n" }),
      },
      { eth0: [M, 0], lan1: [M, 0] },
    ],
  ])("%s", async (_, tree, growth) => {
    expect(await ratesOf(tree, growth)).toEqual(ONCE);
  });
});

const made = await createNetworkNamespaces("machine", "outside", "container");

describe.skipIf(made.kind === "missing")(
  `with network namespaces of this kernel${made.kind === "missing" ? ` (skipped: ${made.reason})` : ""}`,
  () => {
    it("counts a download of a container behind a bridge once", async () => {
      if (made.kind === "missing") return;
      const { namespaces } = made;
      try {
        await connect(namespaces);
        const before = await namespaces.ownTraffic("machine");
        expect(before.names).toEqual(["eth0"]);
        await namespaces.fetch({ from: "outside", address: "198.51.100.2", into: "container", bytes: M });
        const after = await namespaces.ownTraffic("machine");
        expect(after.inBytes - before.inBytes).toBeGreaterThan(M);
        expect(after.inBytes - before.inBytes).toBeLessThan(M * 1.2);
        // Acknowledgements alone.
        expect(after.outBytes - before.outBytes).toBeLessThan(M * 0.1);
      } finally {
        await namespaces.remove();
      }
    });
  },
);

// outside -- eth0 [machine: docker0, macvlan, vxlan, tun] veth1 -- eth0 [container]
async function connect({ ip }: NetworkNamespaces): Promise<void> {
  await ip("machine", "link add eth0 type veth peer name eth9 netns outside");
  await ip("machine", "link add docker0 type bridge");
  await ip("machine", "link add veth1 type veth peer name eth0 netns container");
  await ip("machine", "link set veth1 master docker0");
  await ip("machine", "link add mv0 link eth0 type macvlan mode bridge");
  await ip("machine", "link add vx0 type vxlan id 5 dev eth0 dstport 4789");
  await ip("machine", "tuntap add dev corp mode tun");
  await ip("machine", "addr add 198.51.100.1/24 dev eth0");
  await ip("machine", "addr add 203.0.113.1/24 dev docker0");
  await ip("outside", "addr add 198.51.100.2/24 dev eth9");
  await ip("container", "addr add 203.0.113.2/24 dev eth0");
  for (const name of ["eth0", "docker0", "veth1", "mv0"]) await ip("machine", `link set ${name} up`);
  await ip("outside", "link set eth9 up");
  await ip("container", "link set eth0 up");
  await ip("outside", "route add 203.0.113.0/24 via 198.51.100.1");
  await ip("container", "route add default via 203.0.113.1");
}
