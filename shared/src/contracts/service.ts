import { z } from "zod";
import { EpochMs, line } from "./text.ts";

/** Most services of one device that a report names; failed and running ones come first. */
export const MAX_REPORTED_SERVICES = 128;

/** State of a service. `starting` includes the wait before an automatic restart; `inactive` includes one that has finished. */
export const ServiceState = z.enum(["failed", "starting", "stopping", "running", "exited", "inactive"]);
export type ServiceState = z.infer<typeof ServiceState>;

/** How a service starts. `static`: only when another unit needs it. */
export const ServiceStartup = z.enum(["enabled", "disabled", "static", "masked", "other"]);
export type ServiceStartup = z.infer<typeof ServiceStartup>;

/** A service of a device. Values that the system does not have, or that could not be read, are absent. */
export const DeviceService = z.strictObject({
  /** Name by which the service manager knows it: "nginx.service". */
  name: line(256),
  /** Its state. */
  state: ServiceState,
  /** State in the words of the service manager: "auto-restart". */
  nativeState: line(40).optional(),
  /** How it starts. */
  startup: ServiceStartup.optional(),
  /** Why it ended, in the words of the service manager: "exit-code". */
  result: line(40).optional(),
  /** Exit code, or number of the signal, of its main process, when that failed. */
  exitCode: z.number().int().min(-2147483648).max(4294967295).optional(),
  /** Process id of its main process. */
  pid: z.number().int().min(1).max(4294967295).optional(),
  /** Automatic restarts since it was last started by hand. */
  restarts: z.number().int().min(0).max(4294967295).optional(),
  /** When it entered its state, by the device's clock. */
  since: EpochMs.optional(),
});
export type DeviceService = z.infer<typeof DeviceService>;

/** The services of a device, or why they cannot be read. */
export const DeviceServices = z.strictObject({
  /** Services that the service manager has loaded: failed ones first, then running ones. */
  list: z.array(DeviceService).max(MAX_REPORTED_SERVICES),
  /** Number of all loaded services. */
  total: z.number().int().min(0).max(1_000_000),
  /** Why services cannot be read on this device; absent when they can. */
  unreadable: line(200).optional(),
});
export type DeviceServices = z.infer<typeof DeviceServices>;
