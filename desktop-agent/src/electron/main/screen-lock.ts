import type { OsFamily } from "@muster/shared/contracts/inventory.ts";
import type { PowerMonitor } from "electron";
import type { Environment } from "../../agent-host/configuration.ts";

/** Whether the screen is locked now. */
export type ScreenLock = () => Promise<boolean>;

/** Electron knows it on Windows and macOS, and of Linux only some desktops: there the login manager is asked as well. */
export function createScreenLock(
  powerMonitor: Pick<PowerMonitor, "getSystemIdleState">,
  family: OsFamily,
  environment: Environment,
): ScreenLock {
  return async () => {
    if (powerMonitor.getSystemIdleState(1) === "locked") return true;
    if (family !== "linux") return false;
    const { isSessionLocked } = await import("../../platform/linux/desktop-state.ts");
    return isSessionLocked(environment.DBUS_SYSTEM_BUS_ADDRESS);
  };
}
