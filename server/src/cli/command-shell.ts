import type { Command } from "commander";
import type { Identity } from "../identity/index.ts";
import type { Configuration } from "../platform/config/configuration.ts";
import { loadConfiguration } from "../platform/config/load-configuration.ts";
import { type CommandResult, EXIT_CODES, printFailure, printResult, type Streams } from "./command-result.ts";
import { openIdentity } from "./open-identity.ts";

/** What the command line gets from its process. */
export type CommandLineDeps = Streams & {
  environment: Readonly<Record<string, string | undefined>>;
  /** Account of the operating system, for the audit log. */
  account: string;
  readStdin: () => Promise<string>;
};

export type JsonOption = { json?: boolean };

/** What a command gets. */
export type CommandContext = {
  configuration: Configuration;
  identity: Identity;
};

/** With this, each group adds and runs its commands. */
export type CommandShell = {
  /** Adds a command with `--json`. */
  add(parent: Command, usage: string, description: string): Command;
  /** Opens the database, runs `work`, prints its result, and closes the database. */
  run(
    options: JsonOption,
    work: (work: CommandContext) => Promise<CommandResult>,
    how?: { mayInitialize?: boolean },
  ): Promise<void>;
  /** Runs `work` and prints its result. Opens nothing. */
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
        const { identity, close } = await openIdentity(configuration, {
          mayInitialize,
          err: deps.err,
        });
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
