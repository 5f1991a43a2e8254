/** A graphical session of a user. */
export type DesktopLogin = {
  user: string;
  uid: number;
  /** The login manager's id, null without one. */
  sessionId: string | null;
  /** The X display, ":0"; null for Wayland and when unknown. */
  display: string | null;
  /** Why the user cannot see it now, null when they can. */
  hidden: "locked" | "in the background" | null;
};

/** A user at a terminal. A window is a terminal inside a graphical session. `openTo`: who can write to it through utmp. */
export type TerminalLogin = {
  user: string;
  isWindow: boolean;
  openTo: "everybody" | "privileged" | "nobody";
};

export type Logins = { desktops: DesktopLogin[]; terminals: TerminalLogin[] };
