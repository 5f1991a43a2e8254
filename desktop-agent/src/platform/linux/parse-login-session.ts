import type { DesktopLogin } from "./logins.ts";

export type LoginSession = {
  kind: "desktop" | "terminal";
  /** "tty2", "pts/0"; "" when it has none. */
  tty: string;
  login: DesktopLogin;
};

/** Reads `loginctl show-session`. Undefined for sessions without a user: login screens, services, and closing sessions. */
export function parseLoginSession(id: string, text: string): LoginSession | undefined {
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
