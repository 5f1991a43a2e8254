import { dbusSocketPath } from "./dbus/dbus-address.ts";
import { BUS, connectDbus } from "./dbus/dbus-connection.ts";
import { LOGIN_PATH, readProperty } from "./dbus/login-manager.ts";

const WATCHER = "org.kde.StatusNotifierWatcher";

/**
 * Whether the desktop of this session shows tray icons: something watches for StatusNotifier items and hosts them. GNOME does not
 * without an extension. False where there is no bus to ask.
 * @param busAddress of the session's D-Bus
 */
export async function hasStatusNotifierHost(busAddress: string): Promise<boolean> {
  try {
    const bus = await connectDbus(dbusSocketPath(busAddress));
    try {
      const [isOwned] = await bus.call({ ...BUS, member: "NameHasOwner", signature: "s", body: [WATCHER] });
      return isOwned === true;
    } finally {
      bus.close();
    }
  } catch {
    return false; // Without a session bus no panel can show an icon.
  }
}

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
