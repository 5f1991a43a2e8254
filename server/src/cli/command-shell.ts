import type { Command } from "commander";
import type { Identity } from "../identity/index.ts";
import type { Configuration } from "../platform/config/configuration.ts";
import { loadConfiguration } from "../platform/config/load-configuration.ts";
import { type CommandResult, EXIT_CODES, printFailure, printResult, type Streams } from "./command-result.ts";
import { openIdentity } from "./open-identity.ts";

/** What the command line knows of the process that it runs in. */
export type CommandLineDeps = Streams & {
  environment: Readonly<Record<string, string | undefined>>;
  /** Account of this machine that the audit log names. */
  account: string;
  readStdin: () => Promise<string>;
};

export type JsonOption = { json?: boolean };

/** What a command works with. */
export type CommandContext = {
  configuration: Configuration;
  identity: Identity;
};

/** What every group of commands is given to add and run its own. */
export type CommandShell = {
  /** Adds a command with `--json`. */
  add(parent: Command, usage: string, description: string): Command;
  /** Runs `work` on the open database, prints what it came to, and closes the database. */
  run(
    options: JsonOption,
    work: (work: CommandContext) => Promise<CommandResult>,
    how?: { mayInitialize?: boolean },
  ): Promise<void>;
  /** Prints what `work` came to; opens nothing. */
  print(options: JsonOption, work: () => Promise<CommandResult>): Promise<void>;
  readonly deps: CommandLineDeps;
  readonly exitCode: number;
};

export function createCommandShell(deps: CommandLineDeps): CommandShell {
  let exitCode: number = EXIT_CODES.done;

  async function print(options: JsonOption, work: () => Promise<CommandResult>): Promise<void> {
    const isJson = options.json === true;
    try {
      exitCode = printResult(await work(), isJson, deps);
    } catch (error) {
      exitCode = printFailure(error, isJson, deps);
    }
  }

  return {
    add: (parent, usage, description) =>
      parent.command(usage).description(description).option("--json", "print JSON, for scripts"),
    run: (options, work, { mayInitialize = false } = {}) =>
      print(options, async () => {
        const configuration = loadConfiguration(deps.environment);
        const { identity, close } = await openIdentity(configuration, { mayInitialize, err: deps.err });
        try {
          return await work({ configuration, identity });
        } finally {
          await close();
        }
      }),
    print,
    deps,
    get exitCode() {
      return exitCode;
    },
  };
}
