import type { SystemFiles } from "./system-files.ts";

const FOLDER = "/sys/class/net";

/**
 * Names of the interfaces whose traffic is the machine's own, so that each byte counts once. The rule, in this order:
 *
 * 1. An interface with a device (/sys/class/net/NAME/device) carries its own traffic, unless it is one of these: a switch port whose
 *    conduit counts too (DSA), the end of a guest on its host (xen-backend, a representor), a virtual function beside its physical
 *    one, the slave of a master that has a device (netvsc, net_failover), a monitor.
 * 2. Without any of these, as in a container: interfaces whose traffic no other interface here carries. This excludes loopback, bridges and their
 *    ports, bonds, teams, VLANs, interfaces stacked on another one, tunnels, and host ends of containers. Where some have a route to
 *    a network, those with routes to single addresses only are excluded too.
 * 3. Without any of these, the ports of a bridge or bond: the uplink of a container that is a bridge itself.
 * 4. Without any of these, tunnels: a container without privileges has nothing else (slirp4netns, pasta).
 */
export function physicalInterfaces(files: SystemFiles, names: readonly string[]): Set<string> {
  const known = names.filter((name) => isName(name) && !isLoopback(files, name));
  const devices = known.filter((name) => hasDevice(files, name) && !repeatsDevice(files, name));
  if (devices.length > 0) return new Set(devices);
  const others = known.filter((name) => !NEVER_TRAFFIC.test(name) && !isMade(files, name, known));
  const ownEnds = others.filter((name) => !isHostEnd(name));
  const steps = [
    ownEnds.filter((name) => !isTunnel(files, name) && !isPort(files, name)),
    ownEnds.filter((name) => !isTunnel(files, name)),
    others.filter((name) => !isTunnel(files, name) && !isPort(files, name)),
    others.filter((name) => isTunnel(files, name) && !isPort(files, name)),
    others,
  ];
  const chosen = steps.find((step) => step.length > 0) ?? [];
  const routed = routedInterfaces(files);
  const leading = chosen.filter((name) => routed.has(name));
  return new Set(leading.length > 0 ? leading : chosen);
}

const HOST_MASK = "FFFFFFFF";

/** Interfaces with a route to a network, not only to single addresses or link-local ones. */
function routedInterfaces(files: SystemFiles): Set<string> {
  const names = new Set<string>();
  for (const line of (files.read("/proc/net/route") ?? "").split("\n").slice(1)) {
    const columns = line.split(/\s+/);
    if (columns[0] !== undefined && columns[7] !== undefined && columns[7] !== HOST_MASK)
      names.add(columns[0]);
  }
  for (const line of (files.read("/proc/net/ipv6_route") ?? "").split("\n")) {
    const columns = line.trim().split(/\s+/);
    const [destination, length] = columns;
    const name = columns[9];
    if (name === undefined || length === "80" || /^(fe80|ff)/.test(destination ?? "")) continue;
    // Unreachable routes are listed on loopback.
    if (name !== "lo") names.add(name);
  }
  return names;
}

/** Whether it is called like the host's end of a container or guest. */
export function isHostEnd(name: string): boolean {
  return HOST_ENDS.test(name);
}

const NEVER_TRAFFIC = /^(lo|ifb\d|dummy\d|sit\d|tunl\d|gre|erspan|ip6|ip_vti|teql|nlmon)/;
// Names that container engines, cluster networks and hypervisors give to the host's end of a pair.
const HOST_ENDS =
  /^(veth|ve-|vb-|cali|cilium|lxc|cni|flannel|br-[0-9a-f]{12}$|azv|eni[0-9a-f]{6}|vif\d|vnet\d|tap|fwpr|fwln|fwbr|gke[0-9a-f])/;

// The name becomes part of a path, and the kernel allows more in names than a path should hold.
function isName(name: string): boolean {
  return /^[\w.:@-]{1,15}$/.test(name) && !name.startsWith(".");
}

const has = (files: SystemFiles, name: string, file: string) => files.has(`${FOLDER}/${name}/${file}`);
const read = (files: SystemFiles, name: string, file: string) =>
  files.read(`${FOLDER}/${name}/${file}`)?.trim();

// Numbers of the kernel's if_arp.h.
const LOOPBACK = "772";
const MONITORS = new Set(["801", "802", "803", "805"]);
const TUNNELS = new Set(["512", "768", "769", "776", "778", "823", "65534", "65535"]);

function isLoopback(files: SystemFiles, name: string): boolean {
  return name === "lo" || read(files, name, "type") === LOOPBACK;
}

function hasDevice(files: SystemFiles, name: string): boolean {
  return has(files, name, "device");
}

function repeatsDevice(files: SystemFiles, name: string): boolean {
  if (MONITORS.has(read(files, name, "type") ?? "") || kindOf(files, name) === "dsa") return true;
  if (/^(c\d+)?pf\d+(vf|sf)\d+$/.test(read(files, name, "phys_port_name") ?? "")) return true;
  const device = files.resolve(`${FOLDER}/${name}/device`) ?? "";
  if (/^vif\d+\.\d+$/.test(name) || /\/xen-backend\/|\/vif-\d+-\d+$/.test(device)) return true;
  // A virtual function in use by a guest is not visible here; a visible one sends through the port of the physical function.
  if (files.list(`${FOLDER}/${name}/device/physfn/net`).length > 0) return true;
  const master = masterOf(files, name);
  return master !== undefined && hasDevice(files, master);
}

function masterOf(files: SystemFiles, name: string): string | undefined {
  if (!has(files, name, "master")) return undefined;
  const master = files.resolve(`${FOLDER}/${name}/master`)?.split("/").at(-1);
  return master !== undefined && isName(master) ? master : undefined;
}

/** `DEVTYPE` of its uevent: bridge, bond, vlan, macvlan, vxlan, geneve, wireguard, ... */
function kindOf(files: SystemFiles, name: string): string | undefined {
  return /^DEVTYPE=(\w+)$/m.exec(files.read(`${FOLDER}/${name}/uevent`) ?? "")?.[1];
}

const MADE_KINDS = new Set(["bridge", "bond", "team", "vlan", "macvlan", "ipvlan", "macvtap", "vrf", "hsr"]);

/** Made of other interfaces in this namespace, so that it repeats their bytes. */
function isMade(files: SystemFiles, name: string, known: readonly string[]): boolean {
  if (has(files, name, "bridge") || has(files, name, "bonding")) return true;
  const lower = files
    .list(`${FOLDER}/${name}`)
    .flatMap((file) => (file.startsWith("lower_") ? file.slice("lower_".length) : []));
  if (lower.length > 0) return true;
  const kind = kindOf(files, name) ?? "";
  // A container's own macvlan or VLAN is stacked on an interface of its host, which is not in this namespace.
  if (/^(vlan|macvlan|ipvlan|macvtap)$/.test(kind)) return liesOnOneOf(files, name, known);
  return MADE_KINDS.has(kind);
}

function liesOnOneOf(files: SystemFiles, name: string, known: readonly string[]): boolean {
  const link = read(files, name, "iflink");
  if (link === undefined || link === read(files, name, "ifindex")) return false;
  return known.some((other) => other !== name && read(files, other, "ifindex") === link);
}

const TUNNEL_KINDS = new Set(["wireguard", "vxlan", "geneve", "gtp", "ppp", "bareudp", "amt", "ovpn"]);
// For trees without type and DEVTYPE.
const TUNNEL_NAMES =
  /^(tun\d|wg\d|tailscale|zt\w{8}|nebula|ppp\d|ipsec|vti|xfrm|vxlan|geneve|genev_sys|antrea-gw|ovpn)/;

function isTunnel(files: SystemFiles, name: string): boolean {
  if (has(files, name, "tun_flags") || TUNNEL_NAMES.test(name)) return true;
  return TUNNELS.has(read(files, name, "type") ?? "") || TUNNEL_KINDS.has(kindOf(files, name) ?? "");
}

/** Part of a bridge, bond or team. */
function isPort(files: SystemFiles, name: string): boolean {
  return has(files, name, "brport") || has(files, name, "bonding_slave") || has(files, name, "master");
}
