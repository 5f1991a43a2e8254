import type { SessionPort, SessionReading } from "../ports.ts";
import { connectDbus, type DbusConnection } from "./dbus/dbus-connection.ts";
import type { DbusValue } from "./dbus/dbus-signature.ts";
import { LOGIN, LOGIN_MANAGER, LOGIN_PATH, readProperty } from "./dbus/login-manager.ts";
import { detectVirtualization } from "./detect-virtualization.ts";
import type { SystemFiles } from "./system-files.ts";

const NOBODY: SessionReading = { user: null, idleSinceMs: null };
const SESSION = "org.freedesktop.login1.Session";
const MAX_SESSIONS = 50;

/**
 * Reads the user at the first seat from systemd's login manager, or else a remote user. Rejects without a login manager, unless this is
 * a container.
 */
export function createLinuxSessions(files: SystemFiles, socketPath: string): SessionPort {
  let isContainer: boolean | undefined;
  return {
    async console() {
      isContainer ??= detectVirtualization(files).kind === "container";
      if (isContainer) return NOBODY;
      const bus = await connectDbus(socketPath);
      try {
        return (await readConsole(bus)) ?? (await readRemote(bus)) ?? NOBODY;
      } finally {
        bus.close();
      }
    },
  };
}

async function readConsole(bus: DbusConnection): Promise<SessionReading | undefined> {
  const path = sessionPath(await readActiveSession(bus), 1);
  const session = path === undefined ? undefined : await readSession(bus, path);
  return session?.reading;
}

// Graphical sessions (xrdp) come first, then terminals (SSH); the most recently active first.
async function readRemote(bus: DbusConnection): Promise<SessionReading | undefined> {
  const listed = (await listSessions(bus)).slice(0, MAX_SESSIONS);
  const paths = listed.flatMap((session) => sessionPath(session, 4) ?? []);
  const found = (
    await Promise.all(paths.map((path) => readSession(bus, path).catch(() => undefined)))
  ).flatMap((session) => session ?? []);
  const present = found.filter(({ type, isRemote }) => isRemote && type !== "unspecified");
  return present.toSorted((a, b) => rank(a) - rank(b) || lastActive(b) - lastActive(a))[0]?.reading;
}

type Session = { type: DbusValue | undefined; isRemote: boolean; reading: SessionReading };

const rank = ({ type }: Session): number => (type === "tty" ? 1 : 0);
const lastActive = ({ reading }: Session): number => reading.idleSinceMs ?? Number.MAX_SAFE_INTEGER;

/** A user's session; undefined for login screens, which have a user of their own, and for a closing session. */
async function readSession(bus: DbusConnection, path: string): Promise<Session | undefined> {
  const read = (name: string) => readProperty(bus, path, SESSION, name);
  const optional = (name: string) => read(name).catch(() => undefined);
  const [[user, kind, isIdle, sinceUs], [state, type, isRemote]] = await Promise.all([
    Promise.all(["Name", "Class", "IdleHint", "IdleSinceHint"].map(read)),
    Promise.all(["State", "Type", "Remote"].map(optional)),
  ]);
  if (typeof user !== "string" || user === "" || kind !== "user" || state === "closing") return undefined;
  // While not idle the hint names the last change of that fact and not the last input.
  const isIdleSince = isIdle === true && typeof sinceUs === "number" && sinceUs > 0;
  return {
    type,
    isRemote: isRemote === true,
    reading: { user, idleSinceMs: isIdleSince ? sinceUs / 1000 : null },
  };
}

async function readActiveSession(bus: DbusConnection): Promise<DbusValue | undefined> {
  return readProperty(bus, `${LOGIN_PATH}/seat/seat0`, "org.freedesktop.login1.Seat", "ActiveSession").catch(
    // A machine without a screen has no seat.
    unlessUnknown,
  );
}

// (id, uid, user, seat, path) of each.
async function listSessions(bus: DbusConnection): Promise<DbusValue[]> {
  const call = { destination: LOGIN, path: LOGIN_PATH, interface: LOGIN_MANAGER, member: "ListSessions" };
  const answer = await bus.call(call).catch(unlessUnknown);
  const sessions = answer?.[0];
  return Array.isArray(sessions) ? sessions : [];
}

function unlessUnknown(error: unknown): undefined {
  if (error instanceof Error && /UnknownObject|UnknownMethod|NoSuchSeat/.test(error.message))
    return undefined;
  throw error;
}

// The path is "/" when nobody is there.
function sessionPath(session: DbusValue | undefined, index: number): string | undefined {
  const path = Array.isArray(session) ? session[index] : undefined;
  return typeof path === "string" && path !== "/" ? path : undefined;
}
