/** A graphical session of a person. */
export type DesktopLogin = {
  user: string;
  uid: number;
  /** The login manager's id, null without one. */
  sessionId: string | null;
  /** The X display, ":0"; null for Wayland and when unknown. */
  display: string | null;
  /** Why the person cannot see it now, null when they can. */
  hidden: "locked" | "in the background" | null;
};

/** A person at a terminal. A window is a terminal inside a graphical session. `openTo` tells who can write to it by way of utmp. */
export type TerminalLogin = {
  user: string;
  isWindow: boolean;
  openTo: "everybody" | "privileged" | "nobody";
};

export type Logins = { desktops: DesktopLogin[]; terminals: TerminalLogin[] };
