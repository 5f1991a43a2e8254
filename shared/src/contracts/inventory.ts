import { z } from "zod";
import { MAX_GPUS, MAX_MEMORY_MODULES } from "./inventory-bounds.ts";
import { EpochMs, line } from "./text.ts";

export const OsFamily = z.enum(["linux", "macos", "windows", "other"]);
export type OsFamily = z.infer<typeof OsFamily>;

/** What kind of machine it is. Decides which silence is excused. */
export const DeviceClass = z.enum(["server", "vm", "desktop", "laptop"]);
export type DeviceClass = z.infer<typeof DeviceClass>;

/** What the class of a machine was derived from. */
export const ClassReason = z.enum([
  "virtualization",
  "portable-chassis",
  "stationary-chassis",
  "battery",
  "desktop-session",
  "no-desktop",
]);
export type ClassReason = z.infer<typeof ClassReason>;

/** SHA-256 of the canonical inventory, first 16 hexadecimal digits. */
export const InventoryHash = z.string().regex(/^[0-9a-f]{16}$/, "must be 16 hexadecimal digits");

const name = line(200);
const sizeBytes = z.number().int().min(0).max(1e18);

/** What a machine is made of and what runs on it. Sent only when its hash changed or the server asks for it. */
export const Inventory = z.strictObject({
  hostname: line(255),
  os: z.strictObject({
    family: OsFamily,
    /** As the system names itself: "Debian GNU/Linux 12 (bookworm)". */
    name,
    version: name.optional(),
    build: name.optional(),
    kernel: name.optional(),
    arch: line(20),
  }),
  hardware: z.strictObject({
    manufacturer: name.optional(),
    model: name.optional(),
    serial: name.optional(),
    /** "kvm", "vmware", "hyperv", "container", ...; absent on bare metal. */
    virtualization: line(40).optional(),
    chassis: line(40).optional(),
    cpu: z.strictObject({
      model: name,
      cores: z.number().int().min(1).max(4096),
      threads: z.number().int().min(1).max(4096),
    }),
    memoryBytes: sizeBytes,
    hasBattery: z.boolean(),
    /** The firmware. Its date as the machine writes it. */
    bios: z
      .strictObject({ vendor: name.optional(), version: name.optional(), date: line(40).optional() })
      .optional(),
    board: z
      .strictObject({ manufacturer: name.optional(), model: name.optional(), serial: name.optional() })
      .optional(),
    memoryModules: z
      .array(
        z.strictObject({
          sizeBytes,
          type: line(40).optional(),
          /** Transfers per second, in millions. */
          speedMtps: z.number().int().min(1).max(1_000_000).optional(),
          slot: line(100).optional(),
        }),
      )
      .max(MAX_MEMORY_MODULES)
      .optional(),
    gpus: z
      .array(z.strictObject({ vendor: name.optional(), model: name, memoryBytes: sizeBytes.optional() }))
      .max(MAX_GPUS)
      .optional(),
  }),
  /** The class guessed from chassis and virtualization. */
  classGuess: DeviceClass,
  disks: z
    .array(
      z.strictObject({
        mount: line(400),
        device: name.optional(),
        type: line(40),
        sizeBytes,
        removable: z.boolean(),
        /** The physical disk below, where it is known: "SSD", "NVMe", "HD". */
        medium: line(40).optional(),
        bus: line(40).optional(),
        serial: name.optional(),
      }),
    )
    .max(100),
  networkInterfaces: z
    .array(
      z.strictObject({ name: line(100), mac: line(40).optional(), addresses: z.array(line(64)).max(50) }),
    )
    .max(100),
  agent: z.strictObject({ version: line(40), runtime: line(40), variant: z.enum(["headless", "tray"]) }),
  bootedAt: EpochMs,
  timeZone: line(64).optional(),
});
export type Inventory = z.infer<typeof Inventory>;
