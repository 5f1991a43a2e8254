import { describeProgram } from "@muster/shared/command-line/command-spec.ts";
import { expandArguments } from "@muster/shared/command-line/expand-arguments.ts";
import { Command, CommanderError } from "commander";
import { addArtefactsCommands } from "./artefacts.commands.ts";
import { addBackupCommands } from "./backup.commands.ts";
import { EXIT_CODES } from "./command-result.ts";
import { type CommandLineDeps, createCommandShell } from "./command-shell.ts";
import { addDoctorCommand } from "./doctor/doctor.command.ts";
import { addInstallLineCommand } from "./install-line.command.ts";
import { addKeyCommands } from "./key.commands.ts";
import { addOrgCommands } from "./org.commands.ts";
import { addProgramCommands } from "./program.commands.ts";
import { addRetentionCommands } from "./retention.commands.ts";
import { addSetupLinkCommand } from "./setup-link.command.ts";
import { addTokenCommands } from "./token.commands.ts";
import { addUserCommands } from "./user.commands.ts";
import { addCustomerCommands } from "./customer.commands.ts";

const AFTER_HELP = `
muster reads the same configuration as the server: MUSTER_DATA_DIR, MUSTER_DATABASE_URL, ... and muster.yaml.
It works while the server runs. Every change is in the audit log of its organization.
Exit codes: 0 success, 1 failure, 2 wrong usage. With --json, errors are {"error":{"code","message","cause"}}; the cause has the own words of the system, where there are any.

Examples:
  muster org create "Harbour IT" --json     create an organization and a key for scripts
  muster token create                       create a token that a machine needs to join
  muster doctor                             check whether this server can run well
  muster help org create                    show the options of a command`;

/** Runs one command of `muster` and returns the exit code. Prints only through `deps`. */
export async function runCommandLine(argv: readonly string[], deps: CommandLineDeps): Promise<number> {
  const shell = createCommandShell(deps);
  const program = new Command("muster")
    .description(
      "Manage a Muster server from the shell: organizations, users, keys, enrolment and customers.",
    )
    // `artefacts add` has an option of this name.
    .enablePositionalOptions()
    .addHelpText("after", AFTER_HELP)
    .option("-V, --version", "print the version")
    .exitOverride()
    .showHelpAfterError("Add --help to see the usage.")
    .configureOutput({ writeOut: deps.out, writeErr: deps.err });
  addOrgCommands(program, shell);
  addUserCommands(program, shell);
  addKeyCommands(program, shell);
  addInstallLineCommand(program, shell);
  addTokenCommands(program, shell);
  addCustomerCommands(program, shell);
  addSetupLinkCommand(program, shell);
  addBackupCommands(program, shell);
  addArtefactsCommands(program, shell);
  addRetentionCommands(program, shell);
  addDoctorCommand(program, shell);
  addProgramCommands(program, shell);
  try {
    await program.parseAsync(expandArguments(argv, describeProgram(program)), { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? EXIT_CODES.done : EXIT_CODES.usage;
  }
  return shell.exitCode;
}
