import type { RunCommand } from "../run-command.ts";
import { parseEnvironment } from "./desktop-environment.ts";
import type { DesktopLogin, Logins, TerminalLogin } from "./logins.ts";
import type { SystemFiles } from "./system-files.ts";

const LIMIT_MS = 5_000;
const PROPERTIES = ["Name", "User", "Type", "Class", "State", "Active", "LockedHint", "Display", "TTY"];

/** Who is logged in: graphical sessions as the login manager knows them, or without one as utmp and our own environment do. */
export async function listLogins(run: RunCommand, files: SystemFiles): Promise<Logins> {
  const written = parseWho((await textOf(run, "who", ["-T"])) ?? "");
  const ids = await textOf(run, "loginctl", ["--no-legend", "--no-pager", "list-sessions"]);
  if (ids === undefined) {
    return {
      desktops: await desktopsWithoutManager(run, files, written),
      terminals: terminalsIn(written, []),
    };
  }
  const texts = await Promise.all(sessionIds(ids).map((id) => describeSession(run, id)));
  const sessions = texts.flatMap((session) => session ?? []);
  const desktops = sessions.filter(({ kind }) => kind === "desktop");
  const terminals = terminalsIn(
    written,
    desktops.map(({ tty }) => tty),
  );
  // `wall` cannot reach a terminal that only the manager knows.
  const unwritten = sessions.filter(
    ({ kind, tty }) => kind === "terminal" && !written.some(({ line }) => line === tty),
  );
  return {
    desktops: desktops.map(({ login }) => login),
    terminals: [
      ...terminals,
      ...unwritten.map(({ login }) => ({ user: login.user, isWindow: false, openTo: "nobody" as const })),
    ],
  };
}

async function describeSession(run: RunCommand, id: string) {
  const args = ["show-session", id, ...PROPERTIES.map((name) => `--property=${name}`)];
  return parseLoginSession(id, (await textOf(run, "loginctl", args)) ?? "");
}

function sessionIds(text: string): string[] {
  return text.split("\n").flatMap((line) => /^\s*([A-Za-z0-9]+)\s/.exec(line)?.[1] ?? []);
}

// Displays, seats, and terminals on which a graphical session draws show no text; panes of tmux and screen may not be visible.
function terminalsIn(written: readonly WhoLine[], drawnOn: readonly string[]): TerminalLogin[] {
  return written
    .filter(({ line, from }) => !/^(:|seat)/.test(line) && !/^(tmux\(|:pts\/|.*:S\.\d)/.test(from))
    .filter(({ line }) => !drawnOn.includes(line))
    .map(({ user, isOpen, from }) => ({
      user,
      isWindow: /^:\d/.test(from),
      openTo: isOpen === true ? "everybody" : "privileged",
    }));
}

async function desktopsWithoutManager(
  run: RunCommand,
  files: SystemFiles,
  written: readonly WhoLine[],
): Promise<DesktopLogin[]> {
  const own = parseEnvironment(files.read("/proc/self/environ") ?? "");
  const found = written.filter(({ line }) => line.startsWith(":"));
  const known = found.map(({ user, line }) => ({ user, display: line }));
  const hasDesktop = own.has("DISPLAY") || own.has("WAYLAND_DISPLAY");
  if (hasDesktop && !found.some(({ line }) => line === own.get("DISPLAY"))) {
    const user = (await textOf(run, "id", ["-un"]))?.trim() ?? "";
    known.push({ user, display: own.get("DISPLAY") ?? "" });
  }
  const logins = known.map(async ({ user, display }) => {
    const uid = (await textOf(run, "id", ["-u", "--", user]))?.trim() ?? "";
    if (!/^\d+$/.test(uid)) return [];
    return [{ user, uid: Number(uid), sessionId: null, display: display || null, hidden: null }];
  });
  return (await Promise.all(logins)).flat();
}

async function textOf(run: RunCommand, file: string, args: readonly string[]): Promise<string | undefined> {
  const result = await run(file, args, { timeoutMs: LIMIT_MS });
  return result.kind === "exited" && result.code === 0 ? result.stdout : undefined;
}

type LoginSession = {
  kind: "desktop" | "terminal";
  /** "tty2", "pts/0"; "" when it has none. */
  tty: string;
  login: DesktopLogin;
};

/** Reads `loginctl show-session`. Undefined for sessions without a user: login screens, services, and closing sessions. */
function parseLoginSession(id: string, text: string): LoginSession | undefined {
  const properties = new Map(text.split("\n").map((line) => splitOnce(line)));
  const of = (name: string) => properties.get(name) ?? "";
  const isPerson = of("Class") === "user" || of("Class").startsWith("user-");
  if (!isPerson || of("State") === "closing" || !/^\d+$/.test(of("User"))) return undefined;
  const isDesktop = /^(x11|wayland|mir)$/.test(of("Type"));
  if (!isDesktop && of("Type") !== "tty") return undefined;
  const seen = of("Active") === "yes" ? null : "in the background";
  return {
    kind: isDesktop ? "desktop" : "terminal",
    tty: of("TTY"),
    login: {
      user: of("Name"),
      uid: Number(of("User")),
      sessionId: id,
      display: of("Display") || null,
      hidden: of("LockedHint") === "yes" ? "locked" : seen,
    },
  };
}

function splitOnce(line: string): [string, string] {
  const at = line.indexOf("=");
  return [line.slice(0, Math.max(at, 0)), line.slice(at + 1)];
}

/** A line of utmp: a terminal, or a display by its name (":0"). */
type WhoLine = {
  user: string;
  line: string;
  /** Whether others may write to it; null when it is no terminal. */
  isOpen: boolean | null;
  /** Where it was opened from: a host, a display (":0"), "tmux(812).%0"; "" at a console. */
  from: string;
};

/** Reads `who -T`. */
function parseWho(text: string): WhoLine[] {
  return text.split("\n").flatMap((entry) => {
    const match = /^(\S+)\s+([-+?])\s+(\S+)\s+\S.*?(?:\((.*)\))?\s*$/.exec(entry);
    if (match === null) return [];
    const [user = "", state, line = "", from = ""] = match.slice(1);
    return [{ user, line, isOpen: state === "?" ? null : state === "+", from }];
  });
}
