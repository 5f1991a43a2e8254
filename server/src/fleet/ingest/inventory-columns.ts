import { isIPv4 } from "node:net";
import type { Inventory } from "@muster/shared/contracts/inventory.ts";
import { toServerTime } from "./device-clock.ts";
import type { DeviceChanges } from "./ingest-row.ts";

/** Interfaces that no other machine can reach this one by. */
const INNER_INTERFACE = /^(lo|docker|veth|br-|virbr|vmnet|vboxnet|cni|flannel)/;
const LINK_LOCAL = /^(127\.|169\.254\.|::1$|fe80:)/i;

/** What lists show and find of an inventory. */
export function inventoryColumns(
  { hash, body }: { hash: string; body: Inventory },
  clockOffsetMs: number,
): DeviceChanges {
  const addresses = reachableAddresses(body);
  return {
    inventory_hash: hash,
    hostname: body.hostname,
    os_family: body.os.family,
    os_name: body.os.name,
    class_guess: body.classGuess,
    serial: body.hardware.serial ?? null,
    address: addresses.find((address) => isIPv4(address)) ?? addresses[0] ?? null,
    addresses: addresses.join("\n"),
    agent_version: body.agent.version,
    booted_at: toServerTime(body.bootedAt, clockOffsetMs),
  };
}

/** Addresses others can reach the device by, those of real interfaces first. */
function reachableAddresses({ networkInterfaces }: Inventory): string[] {
  const isInner = ({ name }: { name: string }) => INNER_INTERFACE.test(name);
  return networkInterfaces
    .toSorted((a, b) => Number(isInner(a)) - Number(isInner(b)))
    .flatMap(({ addresses }) => addresses)
    .filter((address) => !LINK_LOCAL.test(address));
}
