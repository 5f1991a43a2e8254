import { networkInterfaces } from "node:os";

type Interfaces = ReturnType<typeof networkInterfaces>;

/** Bridges and tunnels of containers and virtual machines: other machines rarely reach their addresses. */
const VIRTUAL = /^(docker|br-|veth|virbr|vmnet|vboxnet|cni|flannel|lxc|lxdbr|podman|tun|tap)/i;

/** This computer's addresses on networks: IPv4 before IPv6, without loopback and link-local ones, those of virtual interfaces last. */
export function listNetworkAddresses(interfaces: Interfaces = networkInterfaces()): string[] {
  const found = Object.entries(interfaces).flatMap(([name, entries]) =>
    (entries ?? [])
      .filter(({ internal, address }) => !internal && !/^(169\.254\.|fe80:)/i.test(address))
      .map(({ address, family }) => ({
        address,
        rank: (VIRTUAL.test(name) ? 2 : 0) + (family === "IPv4" ? 0 : 1),
      })),
  );
  return found.toSorted((left, right) => left.rank - right.rank).map(({ address }) => address);
}
