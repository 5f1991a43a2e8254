import type { Inventory } from "@muster/shared/contracts/inventory.ts";
import { MAX_GPUS, MAX_MEMORY_MODULES } from "@muster/shared/contracts/inventory-bounds.ts";
import { cleanLine } from "./clean-line.ts";
import type { InventoryCollector } from "./collector.ts";
import type { InventoryPort } from "../platform/ports.ts";

/** What the machine is made of and what system runs on it. */
export function createInventoryCollector(inventory: InventoryPort): InventoryCollector {
  return {
    name: "inventory",
    section: "inventory",
    timeoutMs: 60_000,
    async collect(signal) {
      return { kind: "value", value: fitInventory(await inventory.read(signal)) };
    },
  };
}

type Readings = Omit<Inventory, "agent">;

const MAX_ENTRIES = 100;
const MAX_ADDRESSES = 50;
// What a whole number may be on the wire: nine petabytes.
const MAX_BYTES = Number.MAX_SAFE_INTEGER;
const MAX_CORES = 4096;
const MAX_SPEED_MTPS = 1_000_000;
const MAX_EPOCH_MS = 8.64e15;

/** The system's inventory, cut and cleaned to the bounds of the contract. A required text that is missing becomes "unknown". */
export function fitInventory(readings: Readings): Readings {
  const { os, hardware } = readings;
  return {
    hostname: must(readings.hostname, 255),
    os: {
      family: os.family,
      name: must(os.name, 200),
      version: cleanLine(os.version, 200),
      build: cleanLine(os.build, 200),
      kernel: cleanLine(os.kernel, 200),
      arch: must(os.arch, 20),
    },
    hardware: {
      manufacturer: cleanLine(hardware.manufacturer, 200),
      model: cleanLine(hardware.model, 200),
      serial: cleanLine(hardware.serial, 200),
      virtualization: cleanLine(hardware.virtualization, 40),
      chassis: cleanLine(hardware.chassis, 40),
      cpu: {
        model: must(hardware.cpu.model, 200),
        cores: whole(hardware.cpu.cores, 1, MAX_CORES),
        threads: whole(hardware.cpu.threads, 1, MAX_CORES),
      },
      memoryBytes: whole(hardware.memoryBytes, 0, MAX_BYTES),
      hasBattery: hardware.hasBattery,
      ...fitParts(hardware),
    },
    classGuess: readings.classGuess,
    disks: readings.disks.slice(0, MAX_ENTRIES).map(fitDisk),
    networkInterfaces: readings.networkInterfaces.slice(0, MAX_ENTRIES).map(fitInterface),
    bootedAt: whole(readings.bootedAt, 0, MAX_EPOCH_MS),
    timeZone: cleanLine(readings.timeZone, 64),
  };
}

/** What is known of the machine's parts. A part that is unknown is left out. */
function fitParts({ bios, board, memoryModules, gpus }: Readings["hardware"]) {
  return {
    bios: bios && {
      vendor: cleanLine(bios.vendor, 200),
      version: cleanLine(bios.version, 200),
      date: cleanLine(bios.date, 40),
    },
    board: board && {
      manufacturer: cleanLine(board.manufacturer, 200),
      model: cleanLine(board.model, 200),
      serial: cleanLine(board.serial, 200),
    },
    memoryModules: memoryModules
      ?.slice(0, MAX_MEMORY_MODULES)
      .map(({ sizeBytes, type, speedMtps, slot }) => ({
        sizeBytes: whole(sizeBytes, 0, MAX_BYTES),
        type: cleanLine(type, 40),
        speedMtps: speedMtps === undefined ? undefined : whole(speedMtps, 1, MAX_SPEED_MTPS),
        slot: cleanLine(slot, 100),
      })),
    gpus: gpus?.slice(0, MAX_GPUS).map(({ vendor, model, memoryBytes }) => ({
      vendor: cleanLine(vendor, 200),
      model: must(model, 200),
      memoryBytes: memoryBytes === undefined ? undefined : whole(memoryBytes, 0, MAX_BYTES),
    })),
  };
}

function fitDisk(disk: Readings["disks"][number]) {
  return {
    mount: must(disk.mount, 400),
    device: cleanLine(disk.device, 200),
    type: must(disk.type, 40),
    sizeBytes: whole(disk.sizeBytes, 0, MAX_BYTES),
    removable: disk.removable,
    medium: cleanLine(disk.medium, 40),
    bus: cleanLine(disk.bus, 40),
    serial: cleanLine(disk.serial, 200),
  };
}

function fitInterface({ name, mac, addresses }: Readings["networkInterfaces"][number]) {
  return {
    name: must(name, 100),
    mac: cleanLine(mac, 40),
    addresses: addresses.slice(0, MAX_ADDRESSES).flatMap((address) => cleanLine(address, 64) ?? []),
  };
}

function must(text: string, max: number): string {
  return cleanLine(text, max) ?? "unknown";
}

function whole(value: number, least: number, most: number): number {
  return Number.isNaN(value) ? least : Math.round(Math.min(most, Math.max(least, value)));
}
