import type { Streams } from "./command-result.ts";

/** What the command line knows of the process that it runs in. */
export type CommandLineDeps = Streams & {
  environment: Readonly<Record<string, string | undefined>>;
  /** Account of this machine that the audit log names. */
  account: string;
  readStdin: () => Promise<string>;
};
