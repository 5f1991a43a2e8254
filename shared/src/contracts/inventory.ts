import { z } from "zod";
import { MAX_GPUS, MAX_MEMORY_MODULES } from "./inventory-bounds.ts";
import { EpochMs, line } from "./text.ts";

/** Family of an operating system. */
export const OsFamily = z.enum(["linux", "macos", "windows", "other"]);
export type OsFamily = z.infer<typeof OsFamily>;

/** Class of the machine. It decides when the machine may be offline without needing attention. */
export const DeviceClass = z.enum(["server", "vm", "desktop", "laptop"]);
export type DeviceClass = z.infer<typeof DeviceClass>;

/** How the class of a machine was detected. */
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

/** Hardware and software of a machine. The agent sends it only when its hash has changed or the server requests it. */
export const Inventory = z.strictObject({
  /** Host name of the machine. */
  hostname: line(255),
  /** The operating system. */
  os: z.strictObject({
    /** Its family. */
    family: OsFamily,
    /** Name of the system: "Debian GNU/Linux 12 (bookworm)". */
    name,
    /** Its version. */
    version: name.optional(),
    /** Its build. */
    build: name.optional(),
    /** Version of its kernel. */
    kernel: name.optional(),
    /** Processor architecture. */
    arch: line(20),
  }),
  /** The hardware. */
  hardware: z.strictObject({
    /** Manufacturer of the machine. */
    manufacturer: name.optional(),
    /** Model of the machine. */
    model: name.optional(),
    /** Serial number of the machine. */
    serial: name.optional(),
    /** "kvm", "vmware", "hyperv", "container", ...; absent on bare metal. */
    virtualization: line(40).optional(),
    /** Form of the machine. */
    chassis: line(40).optional(),
    /** The processors. */
    cpu: z.strictObject({
      /** Model of the processor. */
      model: name,
      /** Number of cores. */
      cores: z.number().int().min(1).max(4096),
      /** Number of threads. */
      threads: z.number().int().min(1).max(4096),
    }),
    /** Size of the memory in bytes. */
    memoryBytes: sizeBytes,
    /** True when the machine has a battery. */
    hasBattery: z.boolean(),
    /** The firmware; the date has the format of the machine. */
    bios: z
      .strictObject({
        /** Vendor of the firmware. */
        vendor: name.optional(),
        /** Version of the firmware. */
        version: name.optional(),
        /** Date of the firmware. */
        date: line(40).optional(),
      })
      .optional(),
    /** The main board. */
    board: z
      .strictObject({
        /** Manufacturer of the board. */
        manufacturer: name.optional(),
        /** Model of the board. */
        model: name.optional(),
        /** Serial number of the board. */
        serial: name.optional(),
      })
      .optional(),
    /** The memory modules. */
    memoryModules: z
      .array(
        z.strictObject({
          /** Size of the module. */
          sizeBytes,
          /** Type of the memory. */
          type: line(40).optional(),
          /** Transfers per second, in millions. */
          speedMtps: z.number().int().min(1).max(1_000_000).optional(),
          /** Slot of the module. */
          slot: line(100).optional(),
        }),
      )
      .max(MAX_MEMORY_MODULES)
      .optional(),
    /** The graphics processors. */
    gpus: z
      .array(
        z.strictObject({
          /** Vendor of the graphics processor. */
          vendor: name.optional(),
          /** Model of the graphics processor. */
          model: name,
          /** Its memory. */
          memoryBytes: sizeBytes.optional(),
        }),
      )
      .max(MAX_GPUS)
      .optional(),
  }),
  /** Class that the agent detected. */
  classGuess: DeviceClass,
  /** The mounted file systems. */
  disks: z
    .array(
      z.strictObject({
        /** Mount point. */
        mount: line(400),
        /** Device of the file system. */
        device: name.optional(),
        /** Type of the file system. */
        type: line(40),
        /** Size of the file system. */
        sizeBytes,
        /** True for a removable medium. */
        removable: z.boolean(),
        /** Kind of the physical disk when known: "SSD", "NVMe", "HD". */
        medium: line(40).optional(),
        /** Bus of the physical disk. */
        bus: line(40).optional(),
        /** Serial number of the physical disk. */
        serial: name.optional(),
      }),
    )
    .max(100),
  /** The network interfaces. */
  networkInterfaces: z
    .array(
      z.strictObject({
        /** Name of the interface. */
        name: line(100),
        /** MAC address. */
        mac: line(40).optional(),
        /** IP addresses. */
        addresses: z.array(line(64)).max(50),
      }),
    )
    .max(100),
  /** The agent. */
  agent: z.strictObject({
    /** Version of the agent. */
    version: line(40),
    /** Runtime and its version. */
    runtime: line(40),
    /** `headless`: a service. `tray`: the tray app. */
    variant: z.enum(["headless", "tray"]),
  }),
  bootedAt: EpochMs,
  /** Time zone of the machine. */
  timeZone: line(64).optional(),
});
export type Inventory = z.infer<typeof Inventory>;
