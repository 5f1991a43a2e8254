import type { Connection, ShownPresence } from "@muster/shared/contracts/device.ts";
import type { DeviceClass } from "@muster/shared/contracts/inventory.ts";
import type { LastWord } from "@muster/shared/contracts/report.ts";

/** The separate facts that presence adds up from. `inMaintenance` and `isApproved` are by wall time, now. */
export type PresenceFacts = {
  connection: Connection;
  lastWord: LastWord | null;
  inMaintenance: boolean;
  isApproved: boolean;
  deviceClass: DeviceClass;
};

/** The one state that is shown: maintenance, expired, last word, offline, late, online; waiting until approved and heard. */
export function shownPresence(facts: PresenceFacts): ShownPresence {
  if (facts.inMaintenance) return "maintenance";
  if (!facts.isApproved) return "waiting";
  if (facts.connection === "expired") return "expired";
  return facts.lastWord ?? facts.connection;
}

/**
 * Whether a device is silent without an excuse. Maintenance excuses every class. A server or VM has no other excuse. A desktop or
 * laptop is excused by what it said last, unless it said that it would be back; a laptop that said nothing may have left the
 * network, and is excused until it expires.
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
