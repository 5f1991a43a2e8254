import { terminalText } from "@muster/shared/unsafe-characters.ts";
import { Command, CommanderError } from "commander";
import packageFile from "../../package.json" with { type: "json" };
import type { Environment } from "../agent-host/configuration.ts";
import { type Context, createContext } from "../agent-host/context.ts";
import { type CommandResult, failed, printableJson, printResult } from "./command-result.ts";
import { actionsCommand } from "./commands/actions.command.ts";
import { doctorCommand } from "./commands/doctor.command.ts";
import {
  enrolCommand,
  type EnrolOptions,
  generalizeCommand,
  leaveCommand,
} from "./commands/enrolment.command.ts";
import type { InstallOptions } from "./commands/install.command.ts";
import { followLog, logsCommand, readLastLines } from "./commands/logs.command.ts";
import { pauseCommand, resumeCommand } from "./commands/pause.command.ts";
import { statusCommand } from "./commands/status.command.ts";
import { EXIT_CODES } from "./exit-code.ts";
import { keepProcessAlive } from "./keep-process-alive.ts";
import { createPlatform } from "../platform/create-platform.ts";
import type { InstallationPort } from "../platform/ports/installation-port.ts";

export type CommandLineDeps = {
  environment: Environment;
  out: (text: string) => void;
  err: (text: string) => void;
  readStdin: () => Promise<string>;
  stopRequested: () => Promise<void>;
  exitWith: (exitCode: number) => void;
};

type CommonOptions = { json?: boolean; config?: string };

/** Runs one command of `muster-agent`. `run` is only named here: main.ts starts it without commander. */
export async function runCommandLine(argv: readonly string[], deps: CommandLineDeps): Promise<void> {
  const note = (line: string) => deps.err(`muster-agent: ${line}\n`);

  async function act(
    options: CommonOptions,
    run: (context: Context) => Promise<CommandResult>,
    create = () => createContext(deps.environment, options.config),
  ): Promise<void> {
    const made = await create();
    const result =
      made.kind === "ready"
        ? await run(made.context)
        : failed("usage", made.problems.join("\nmuster-agent: "));
    const exitCode = printResult(result, options.json === true, deps);
    deps.exitWith(exitCode);
    if (made.kind === "ready") made.context.platform.endProcess(exitCode);
  }

  /** Acts on the machine's own installation, whatever home folder the environment names. */
  async function actOnInstallation(
    options: CommonOptions,
    run: (context: Context, installation: InstallationPort) => Promise<CommandResult>,
  ): Promise<void> {
    // Folders of programs are for everybody to read; files with secrets have modes of their own.
    process.umask(0o022);
    const platform = await createPlatform();
    const installation = await platform.openInstallation();
    const environment = { ...deps.environment, MUSTER_AGENT_HOME: installation.home };
    await act(
      options,
      (context) => run(context, installation),
      () => createContext(environment, options.config, async () => platform),
    );
  }

  const program = new Command("muster-agent")
    .description("Muster's agent: reports this machine to a Muster server.")
    .version(packageFile.version, "--version", "print the version")
    .exitOverride()
    .configureOutput({ writeOut: deps.out, writeErr: deps.err });
  const command = (name: string, description: string) =>
    program
      .command(name)
      .description(description)
      .option("--json", "print JSON")
      .option("--config <file>", "configuration file instead of config.json in the home folder");

  command("enrol", "join this machine to a server")
    .option("--server <url>", "address of the server")
    .option("--token-file <file>", "file that holds the enrolment token")
    .option("--token-stdin", "read the enrolment token from standard input")
    .option("--ca-file <file>", "trust only servers whose certificate this authority signed")
    .option("--pin <sha256>", "trust only the authority with this SHA-256")
    .option("--insecure-http", "allow plain HTTP to another machine")
    .option("--force", "enrol again, as another device")
    .action((options: CommonOptions & EnrolOptions) =>
      act(options, (context) => enrolCommand(context, options, deps.readStdin, note)),
    );
  command("install", "install this program as a service, and enrol this machine")
    .option("--server <url>", "address of the server")
    .option("--token-file <file>", "file that holds the enrolment token")
    .option("--token-stdin", "read the enrolment token from standard input")
    .option("--ca-file <file>", "trust only servers whose certificate this authority signed")
    .option("--pin <sha256>", "trust only the authority with this SHA-256")
    .option("--insecure-http", "allow plain HTTP to another machine")
    .option("--interval <seconds>", "seconds between reports, in a new configuration")
    .option("--dir <folder>", "folder of the program (Linux and Windows)")
    .option("--no-enrol", "do not enrol now")
    .action((options: CommonOptions & InstallOptions) =>
      actOnInstallation(options, async (context, installation) => {
        const { installCommand } = await import("./commands/install.command.ts");
        return installCommand(context, options, { installation, readStdin: deps.readStdin, note });
      }),
    );
  command("uninstall", "remove service, program and data, and inform the server").action(
    (options: CommonOptions) =>
      actOnInstallation(options, async (context, installation) => {
        const { uninstallCommand } = await import("./commands/install.command.ts");
        return uninstallCommand(context, { installation, note });
      }),
  );
  command("run", "report until stopped; this is what the service runs").option(
    "--server <url>",
    "address of the server on this machine, after its port changed",
  );
  command("status", "show the state of the agent").action((options: CommonOptions) =>
    act(options, statusCommand),
  );
  command("pause", "pause reports; the server shows the device as paused")
    .option("--for <duration>", "end the pause after a time such as 30m or 2h")
    .action((options: CommonOptions & { for?: string }) =>
      act(options, (context) => pauseCommand(context, options)),
    );
  command("resume", "end the pause").action((options: CommonOptions) => act(options, resumeCommand));
  command("logs", "show the agent's log")
    .option("--lines <number>", "number of lines")
    .option("--follow", "show new lines until interrupted")
    .action((options: CommonOptions & { lines?: string; follow?: boolean }) =>
      act(options, (context) => showLogs(context, options, deps)),
    );
  command("actions", "show the actions that servers ran on this machine")
    .option("--last <number>", "number of actions, newest first")
    .action((options: CommonOptions & { last?: string }) =>
      act(options, (context) => actionsCommand(context, options)),
    );
  command("doctor", "check for problems that prevent reports").action((options: CommonOptions) =>
    act(options, doctorCommand),
  );
  command("generalize", "remove identity and data, to create an image").action((options: CommonOptions) =>
    act(options, generalizeCommand),
  );
  command("leave", "remove this device from its server, and delete its data here")
    .option("--force", "delete the data even if the server cannot be reached")
    .action((options: CommonOptions & { force?: boolean }) =>
      act(options, (context) => leaveCommand(context, options)),
    );

  try {
    await program.parseAsync(argv, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    deps.exitWith(error.exitCode === 0 ? EXIT_CODES.ok : EXIT_CODES.usage);
  }
}

async function showLogs(
  context: Context,
  options: CommonOptions & { lines?: string; follow?: boolean },
  deps: CommandLineDeps,
): Promise<CommandResult> {
  if (!options.follow) return logsCommand(context, options);
  const last = await readLastLines(context, options);
  if (last.kind === "failed") return last;
  const show = (line: string) => deps.out(`${options.json ? printableJson({ line }) : terminalText(line)}\n`);
  for (const line of last.lines) show(line);
  const stop = new AbortController();
  void deps.stopRequested().then(() => stop.abort());
  const letGo = keepProcessAlive(context.platform.clock);
  await followLog(context.platform.files, context.logPath, show, stop.signal);
  letGo();
  return { kind: "done", text: "", data: {} };
}
