import { z } from "zod";

/** A legacy system whose agents and scripts work with this server. */
export const LegacySystem = z.enum(["dashfleet"]);
export type LegacySystem = z.infer<typeof LegacySystem>;

// What markup, paths and shells give a meaning to is no part of a machine's name.
const MACHINE_ID = /^[^\p{C}\p{Zl}\p{Zp}<>"'&`/\\?#%;|$*]+$/u;

/** Name of a machine in a legacy system: 1 to 128 characters on one line, without characters of markup or paths. */
export const LegacyMachineId = z
  .string()
  .min(1, "must not be empty")
  .max(128, "must have at most 128 characters")
  .regex(MACHINE_ID, "must be a name without control characters, quotes, slashes or markup");

/** The legacy system through which a device reports. Its reports are not signed. */
export const DeviceOrigin = z.object({
  system: LegacySystem,
  /** Name by which the machine identifies itself. */
  machineId: z.string(),
  /** How reports are authenticated. */
  trust: z.literal("unsigned, shared key"),
});
export type DeviceOrigin = z.infer<typeof DeviceOrigin>;
