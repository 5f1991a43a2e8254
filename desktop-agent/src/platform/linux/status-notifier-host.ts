import { dbusSocketPath } from "./dbus/dbus-address.ts";
import { BUS, connectDbus } from "./dbus/dbus-connection.ts";

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
