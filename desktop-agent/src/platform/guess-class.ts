import type { DeviceClass } from "@muster/shared/contracts/inventory.ts";
import type { ClassReason } from "./ports.ts";

export type ClassHints = {
  chassis: string | undefined;
  virtualization: string | undefined;
  hasBattery: boolean;
  /** People log in to a desktop here. */
  hasDesktop: boolean;
};

type DerivedClass = { classGuess: DeviceClass; classReason: ClassReason };

const PORTABLE = new Set([
  "portable",
  "laptop",
  "notebook",
  "sub-notebook",
  "hand held",
  "tablet",
  "convertible",
  "detachable",
]);
const DESKTOP = new Set([
  "desktop",
  "low-profile desktop",
  "mini tower",
  "tower",
  "all-in-one",
  "space-saving",
  "lunch box",
  "mini PC",
  "stick PC",
  "sealed case",
]);
// Stationary chassis of servers and other machines; with a desktop environment the class is desktop.
const STATIONARY = new Set([
  "pizza box",
  "server",
  "expansion chassis",
  "sub-chassis",
  "bus expansion",
  "peripheral",
  "RAID",
  "rack mount",
  "multi-system",
  "CompactPCI",
  "AdvancedTCA",
  "blade",
  "blade enclosure",
  "IoT gateway",
  "embedded",
]);

/** Guesses what kind of machine it is. */
export function guessClass(hints: ClassHints): DeviceClass {
  return deriveClass(hints).classGuess;
}

/**
 * The class and its reason. Virtualization decides first, because hypervisors show their host's battery to guests; the chassis decides
 * before a battery, which may belong to a UPS.
 */
export function deriveClass({
  chassis = "",
  virtualization,
  hasBattery,
  hasDesktop,
}: ClassHints): DerivedClass {
  if (virtualization !== undefined) return { classGuess: "vm", classReason: "virtualization" };
  if (PORTABLE.has(chassis)) return { classGuess: "laptop", classReason: "portable-chassis" };
  if (DESKTOP.has(chassis)) return { classGuess: "desktop", classReason: "stationary-chassis" };
  if (hasBattery && !STATIONARY.has(chassis)) return { classGuess: "laptop", classReason: "battery" };
  if (hasDesktop) return { classGuess: "desktop", classReason: "desktop-session" };
  return {
    classGuess: "server",
    classReason: STATIONARY.has(chassis) ? "stationary-chassis" : "no-desktop",
  };
}
