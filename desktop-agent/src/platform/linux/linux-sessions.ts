import type { SessionPort, SessionReading } from "../ports.ts";
import { connectDbus, type DbusConnection } from "./dbus/dbus-connection.ts";
import type { DbusValue } from "./dbus/dbus-signature.ts";
import { LOGIN_PATH, readProperty } from "./dbus/login-manager.ts";
import { detectVirtualization } from "./detect-virtualization.ts";
import type { SystemFiles } from "./system-files.ts";

const NOBODY: SessionReading = { user: null, idleSinceMs: null };
const SESSION = "org.freedesktop.login1.Session";

/** The person at the first seat, as systemd's login manager knows. Rejects without one, unless this is a container. */
export function createLinuxSessions(files: SystemFiles, socketPath: string): SessionPort {
  return {
    async console() {
      if (detectVirtualization(files).kind === "container") return NOBODY;
      const bus = await connectDbus(socketPath);
      try {
        return await readConsole(bus);
      } finally {
        bus.close();
      }
    },
  };
}

async function readConsole(bus: DbusConnection): Promise<SessionReading> {
  const path = sessionPath(await readActiveSession(bus));
  if (path === undefined) return NOBODY;
  const read = (name: string) => readProperty(bus, path, SESSION, name);
  const [user, kind, isIdle, sinceUs] = await Promise.all(
    ["Name", "Class", "IdleHint", "IdleSinceHint"].map(read),
  );
  // The login screen is a session too, of a user of its own.
  if (typeof user !== "string" || kind !== "user") return NOBODY;
  return {
    user,
    // While not idle the hint names the last change of that fact and not the last input.
    idleSinceMs: isIdle === true && typeof sinceUs === "number" && sinceUs > 0 ? sinceUs / 1000 : null,
  };
}

async function readActiveSession(bus: DbusConnection): Promise<DbusValue | undefined> {
  try {
    return await readProperty(
      bus,
      `${LOGIN_PATH}/seat/seat0`,
      "org.freedesktop.login1.Seat",
      "ActiveSession",
    );
  } catch (error) {
    // A machine without a screen has no seat.
    if (error instanceof Error && /UnknownObject|NoSuchSeat/.test(error.message)) return undefined;
    throw error;
  }
}

// ("id", "/org/freedesktop/login1/session/id"), or ("", "/") when nobody is there.
function sessionPath(active: DbusValue | undefined): string | undefined {
  const path = Array.isArray(active) ? active[1] : undefined;
  return typeof path === "string" && path !== "/" ? path : undefined;
}
