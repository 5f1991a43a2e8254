import type { Connection, ShownPresence } from "@muster/shared/contracts/device.ts";
import type { DeviceClass } from "@muster/shared/contracts/inventory.ts";
import type { LastWord } from "@muster/shared/contracts/report.ts";

/** The facts from which presence is computed. `inMaintenance` and `isApproved` are by wall time, now. */
export type PresenceFacts = {
  connection: Connection;
  lastWord: LastWord | null;
  inMaintenance: boolean;
  isApproved: boolean;
  deviceClass: DeviceClass;
};

/** The one state that is shown: maintenance, expired, last word, offline, late, online; waiting until it is approved and has reported. */
export function shownPresence(facts: PresenceFacts): ShownPresence {
  if (facts.inMaintenance) return "maintenance";
  if (!facts.isApproved) return "waiting";
  if (facts.connection === "expired") return "expired";
  return facts.lastWord ?? facts.connection;
}

/**
 * Whether a device is offline without a known reason. Maintenance is a reason for every class, and the only one for a server or VM. For
 * a desktop or laptop the last word is one, except "restarting". A laptop without a last word may have left the network, and is absent
 * only once it has expired.
 */
export function isAbsent({ connection, lastWord, inMaintenance, deviceClass }: PresenceFacts): boolean {
  if (inMaintenance || (connection !== "offline" && connection !== "expired")) return false;
  switch (deviceClass) {
    case "server":
    case "vm":
      return true;
    case "desktop":
      return lastWord === null || lastWord === "restarting";
    case "laptop":
      return lastWord === "restarting" || (lastWord === null && connection === "expired");
  }
}
