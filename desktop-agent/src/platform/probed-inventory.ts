import type { Inventory } from "@muster/shared/contracts/inventory.ts";
import { MAX_GPUS, MAX_MEMORY_MODULES } from "@muster/shared/contracts/inventory-bounds.ts";
import {
  isObject,
  type JsonObject,
  listField,
  numberField,
  parseJsonObject,
  textField,
} from "./json-fields.ts";
import { known, meaningfulText } from "./meaningful-text.ts";
import type { InventoryPort, InventoryReading } from "./ports.ts";
import type { RunCommand } from "./run-command.ts";

const LIMIT_MS = 25_000;
const MAX_OUTPUT_BYTES = 512 * 1024;
const MAX_TEXT_LENGTH = 200;
const MAX_DISKS = 100;
const MAX_SPEED_MTPS = 1_000_000;
const MEBIBYTE = 1_048_576;

type PhysicalDisk = { device?: string; medium?: string; bus?: string; serial?: string };

/** What the probe found of the machine. */
export type ProbedHardware = Pick<
  Inventory["hardware"],
  "manufacturer" | "model" | "serial" | "chassis" | "bios" | "board" | "memoryModules" | "gpus"
> & { disks: PhysicalDisk[] };

/** The program of the probe and its arguments. */
export type ProbeCommand = { file: string; args: readonly string[] };

/**
 * Completes an inventory with what the probe finds in a process of its own. The system's reader always wins: a probe that fails, hangs or answers
 * nonsense changes nothing, and after a good one its last answer stays.
 */
export function createProbedInventory(
  inventory: InventoryPort,
  run: RunCommand,
  { file, args }: ProbeCommand,
): InventoryPort {
  let last: ProbedHardware | undefined;
  return {
    routeTo: inventory.routeTo,
    async read(signal) {
      const reading = await inventory.read(signal);
      // In a container the hardware is the host's.
      if (reading.hardware.virtualization === "container") return reading;
      const result = await run(file, args, { timeoutMs: LIMIT_MS, maxOutput: MAX_OUTPUT_BYTES, signal });
      if (result.kind === "exited" && result.code === 0) last = parseProbe(result.stdout) ?? last;
      return last === undefined ? reading : completed(reading, last);
    },
  };
}

/** Reads what the probe printed; undefined when it is no JSON object. Placeholders, 0 and -1 mean unknown. */
export function parseProbe(text: string): ProbedHardware | undefined {
  const answers = parseJsonObject(text);
  if (answers === undefined) return undefined;
  const [system, bios, board, chassis] = ["system", "bios", "board", "chassis"].map((name) => {
    const answer = answers[name];
    return isObject(answer) ? answer : {};
  });
  const chassisType = chassis && textOf(chassis, "type")?.toLowerCase();
  return {
    manufacturer: system && textOf(system, "manufacturer"),
    model: system && textOf(system, "model"),
    serial: system && textOf(system, "serial"),
    chassis: chassisType === "other" ? undefined : chassisType,
    bios:
      bios &&
      known({
        vendor: textOf(bios, "vendor"),
        version: textOf(bios, "version"),
        date: textOf(bios, "releaseDate"),
      }),
    board:
      board &&
      known({
        manufacturer: textOf(board, "manufacturer"),
        model: textOf(board, "model"),
        serial: textOf(board, "serial"),
      }),
    memoryModules: someOf(objects(answers, "modules").flatMap(moduleOf).slice(0, MAX_MEMORY_MODULES)),
    gpus: someOf(objects(answers, "gpus").flatMap(gpuOf).slice(0, MAX_GPUS)),
    disks: objects(answers, "disks").slice(0, MAX_DISKS).map(diskOf),
  };
}

function objects(answers: JsonObject, name: string): JsonObject[] {
  return listField(answers, name).filter(isObject);
}

function someOf<Item>(items: Item[]): Item[] | undefined {
  return items.length === 0 ? undefined : items;
}

function moduleOf(module: JsonObject) {
  const sizeBytes = numberField(module, "size", Number.MAX_SAFE_INTEGER);
  // An empty slot.
  if (!sizeBytes) return [];
  const type = textOf(module, "type");
  const slot = textOf(module, "bank");
  // Where the library can read no module it makes one up, of all the memory.
  if (type === undefined && slot === undefined) return [];
  const speedMtps = Math.round(numberField(module, "clockSpeed", MAX_SPEED_MTPS) ?? 0) || undefined;
  return [{ sizeBytes, type, speedMtps, slot }];
}

function gpuOf(controller: JsonObject) {
  const model = textOf(controller, "model");
  if (model === undefined) return [];
  const mebibytes = numberField(controller, "vram", Number.MAX_SAFE_INTEGER / MEBIBYTE);
  return [
    {
      vendor: textOf(controller, "vendor"),
      model,
      memoryBytes: mebibytes ? mebibytes * MEBIBYTE : undefined,
    },
  ];
}

function diskOf(disk: JsonObject): PhysicalDisk {
  return {
    device: textOf(disk, "device"),
    medium: textOf(disk, "type"),
    bus: textOf(disk, "interfaceType"),
    serial: textOf(disk, "serialNum"),
  };
}

function textOf(object: JsonObject, name: string): string | undefined {
  return meaningfulText(textField(object, name)?.slice(0, MAX_TEXT_LENGTH));
}

function completed(reading: InventoryReading, probed: ProbedHardware): InventoryReading {
  const { disks, ...found } = probed;
  const { hardware } = reading;
  return {
    ...reading,
    hardware: {
      ...hardware,
      manufacturer: hardware.manufacturer ?? found.manufacturer,
      model: hardware.model ?? found.model,
      serial: hardware.serial ?? found.serial,
      chassis: hardware.chassis ?? found.chassis,
      bios: hardware.bios ?? found.bios,
      board: hardware.board ?? found.board,
      memoryModules: hardware.memoryModules ?? found.memoryModules,
      gpus: hardware.gpus ?? found.gpus,
    },
    disks: reading.disks.map((disk) => {
      const { medium, bus, serial } = physicalDisk(disk, disks) ?? {};
      return { ...disk, medium, bus, serial };
    }),
  };
}

/** The disk that a file system is on: the one whose partition its device is, else the only one of the machine. */
function physicalDisk({ device, removable }: Inventory["disks"][number], disks: readonly PhysicalDisk[]) {
  const own = disks.find((disk) => device !== undefined && isPartOf(device, disk.device));
  return own ?? (removable || disks.length !== 1 ? undefined : disks[0]);
}

/** sda1 is a part of sda, nvme0n1p2 of nvme0n1 and disk0s2 of disk0. */
function isPartOf(device: string, disk: string | undefined): boolean {
  if (disk === undefined || !device.startsWith(disk)) return false;
  const rest = device.slice(disk.length);
  return (/\d$/.test(disk) ? /^(?:[ps]\d+)?$/ : /^\d*$/).test(rest);
}
