import { z } from "zod";

/** Systems whose agents and scripts this server speaks with, in their own words. */
export const LegacySystem = z.enum(["dashfleet"]);
export type LegacySystem = z.infer<typeof LegacySystem>;

// What markup, paths and shells give a meaning to is no part of a machine's name.
const MACHINE_ID = /^[^\p{C}\p{Zl}\p{Zp}<>"'&`/\\?#%;|$*]+$/u;

/** How a machine of an older system names itself: 1 to 128 characters of one line, without those that markup or paths use. */
export const LegacyMachineId = z
  .string()
  .min(1, "must not be empty")
  .max(128, "must have at most 128 characters")
  .regex(MACHINE_ID, "must be a name without control characters, quotes, slashes or markup");

/** Where a device came from when it is not one of Muster's own agents. Its word is not signed. */
export const DeviceOrigin = z.object({
  system: LegacySystem,
  /** Name by which the machine identifies itself. */
  machineId: z.string(),
  /** How far its reports can be trusted. */
  trust: z.literal("unsigned, shared key"),
});
export type DeviceOrigin = z.infer<typeof DeviceOrigin>;
