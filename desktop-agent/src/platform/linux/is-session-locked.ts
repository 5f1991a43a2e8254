import { connectDbus } from "./dbus/dbus-connection.ts";
import { LOGIN_PATH, readProperty } from "./dbus/login-manager.ts";
import { dbusSocketPath } from "./dbus/dbus-address.ts";

/** The login manager's path for the caller's session. */
const OWN_SESSION = `${LOGIN_PATH}/session/auto`;

/**
 * Whether the screen of this process's session is locked, as its desktop reported to the login manager. False when this is unknown.
 * @param busAddress of the system's D-Bus, undefined for the default
 */
export async function isSessionLocked(busAddress: string | undefined): Promise<boolean> {
  try {
    const bus = await connectDbus(dbusSocketPath(busAddress));
    try {
      const isLocked = await readProperty(bus, OWN_SESSION, "org.freedesktop.login1.Session", "LockedHint");
      return isLocked === true;
    } finally {
      bus.close();
    }
  } catch {
    return false; // Without a login manager it is unknown: better to show a message than to hold it back.
  }
}
