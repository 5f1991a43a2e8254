import type { DeviceClass } from "@muster/shared/contracts/inventory.ts";

export type ClassHints = {
  chassis: string | undefined;
  virtualization: string | undefined;
  hasBattery: boolean;
  /** People log in to a desktop here. */
  hasDesktop: boolean;
};

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

/** Guesses what kind of machine it is. Virtualization decides first, because hypervisors show their host's battery to guests. */
export function guessClass({ chassis, virtualization, hasBattery, hasDesktop }: ClassHints): DeviceClass {
  if (virtualization !== undefined) return "vm";
  if (hasBattery || PORTABLE.has(chassis ?? "")) return "laptop";
  if (hasDesktop || DESKTOP.has(chassis ?? "")) return "desktop";
  return "server";
}
