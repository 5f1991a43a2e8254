/** How the service came up. `on-your-own`: this system has no service manager that is known; `advice` says what to do at the next boot. */
export type ServiceStart =
  | { kind: "started"; manager: string }
  | { kind: "on-your-own"; advice: string }
  | { kind: "failed"; reason: string };

/** Installs this program as the service of the whole machine, and removes it. What fails rejects with a sentence. */
export type InstallationPort = {
  /** The home folder of the service. */
  home: string;
  /** Why this program cannot be installed or removed here; null when it can. */
  obstacle(): Promise<string | null>;
  /** Whether the machine has an installation, even an incomplete one. */
  isInstalled(): Promise<boolean>;
  /** Makes the folders of state and configuration. Writes `configText` unless there is a configuration; answers whether it did. */
  prepareHome(configText: string): Promise<boolean>;
  /** Puts this program where the service starts it, in the place of an older one. @param folder null: the usual one */
  putProgram(folder: string | null): Promise<void>;
  /** Starts the service, now and at each boot. One that runs is started again. */
  start(): Promise<ServiceStart>;
  /** Ends the service and everything that would start it again. Does nothing where there is none. */
  stop(): Promise<void>;
  /** Removes program, state and configuration. @returns what was kept, because it holds files that are not the agent's */
  remove(): Promise<string[]>;
};
