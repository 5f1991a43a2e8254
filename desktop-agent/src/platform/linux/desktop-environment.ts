import type { DesktopLogin } from "./logins.ts";
import type { SystemFiles } from "./system-files.ts";

const WANTED = [
  "DISPLAY",
  "WAYLAND_DISPLAY",
  "XAUTHORITY",
  "XDG_RUNTIME_DIR",
  "DBUS_SESSION_BUS_ADDRESS",
  "HOME",
];
const MAX_VALUE = 4096;

/**
 * What a program needs to reach the desktop of a login, as "NAME=value": taken from a process of that user, best from the same session.
 * Undefined when nothing leads to a display or a bus.
 */
export function desktopEnvironment(files: SystemFiles, login: DesktopLogin): string[] | undefined {
  const found = findEnvironment(files, login);
  const wanted = new Map(WANTED.flatMap((name) => (found.has(name) ? [[name, found.get(name)]] : [])));
  const busSocket = `/run/user/${login.uid}/bus`;
  if (!wanted.has("DBUS_SESSION_BUS_ADDRESS") && files.has(busSocket)) {
    wanted.set("DBUS_SESSION_BUS_ADDRESS", `unix:path=${busSocket}`);
  }
  const leads = ["DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS"].some((name) => wanted.has(name));
  return leads ? [...wanted].map(([name, value]) => `${name}=${value}`) : undefined;
}

/** Reads an `environ` file of /proc. */
export function parseEnvironment(text: string): Map<string, string> {
  const entries = text.split("\0").flatMap((entry): [string, string][] => {
    const at = entry.indexOf("=");
    return at > 0 && entry.length <= MAX_VALUE ? [[entry.slice(0, at), entry.slice(at + 1)]] : [];
  });
  return new Map(entries);
}

// The session's leader is often a process of root without a display, and the first programs of a session were started before there
// was a bus: so every process of the user is asked, and those of the session go before.
function findEnvironment(files: SystemFiles, login: DesktopLogin): Map<string, string> {
  const all = ["self", ...files.list("/proc")]
    .filter((pid) => /^(self|\d+)$/.test(pid) && ownerOf(files, pid) === login.uid)
    .map((pid) => parseEnvironment(files.read(`/proc/${pid}/environ`) ?? ""))
    .filter(isOnThisMachine);
  const own = all.filter((environment) => belongsTo(environment, login));
  // The display of one session with the bus of another would show the message in the wrong session.
  const entries = (own.length > 0 ? own : all.slice(0, 1)).flatMap((environment) => [...environment]);
  return new Map(entries.toReversed());
}

function ownerOf(files: SystemFiles, pid: string): number | undefined {
  const uid = /^Uid:\s+(\d+)/m.exec(files.read(`/proc/${pid}/status`) ?? "")?.[1];
  return uid === undefined ? undefined : Number(uid);
}

// A display that ssh forwards is on somebody else's screen.
function isOnThisMachine(environment: ReadonlyMap<string, string>): boolean {
  return environment.has("WAYLAND_DISPLAY") || /^(unix)?:\d/.test(environment.get("DISPLAY") ?? "");
}

function belongsTo(environment: ReadonlyMap<string, string>, login: DesktopLogin): boolean {
  if (login.sessionId !== null && environment.get("XDG_SESSION_ID") === login.sessionId) return true;
  return login.display !== null && environment.get("DISPLAY") === login.display;
}
