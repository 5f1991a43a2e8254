/** What a script reads from the exit code of `muster-agent`. */
export const EXIT_CODES = {
  ok: 0,
  /** Something went wrong that no other code names. */
  failed: 1,
  /** The command line or the configuration is wrong. */
  usage: 2,
  /** This device is not enrolled, or as another machine. */
  notEnrolled: 3,
  /** The server does not accept the token or the credential, or the organization does not allow it. */
  refused: 4,
  /** The server was not reached. */
  unreached: 5,
  /** An agent runs in this home folder. */
  running: 6,
  /** The agent asks to be started again: a service manager restarts on failure. */
  restart: 75,
} as const;

export type ExitName = keyof typeof EXIT_CODES;
