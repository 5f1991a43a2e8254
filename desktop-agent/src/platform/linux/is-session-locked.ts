import { connectDbus } from "./dbus/dbus-connection.ts";
import { LOGIN_PATH, readProperty } from "./dbus/login-manager.ts";
import { dbusSocketPath } from "./dbus/dbus-address.ts";

/** The login manager's own name for the session of whoever asks. */
const OWN_SESSION = `${LOGIN_PATH}/session/auto`;

/**
 * Whether the screen of this process's session is locked, as its desktop told the login manager. False where that cannot be said.
 * @param busAddress of the system's D-Bus, undefined for the usual place
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
    return false; // Without a login manager nobody knows: then a message is rather shown than kept.
  }
}
