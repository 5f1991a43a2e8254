import { describeProgram } from "@muster/shared/command-line/command-spec.ts";
import { completionScript, type Shell, SHELLS } from "@muster/shared/command-line/completion.ts";
import { Argument, type Command } from "commander";
import packageFile from "../../package.json" with { type: "json" };
import type { CommandShell, JsonOption } from "./command-shell.ts";

/** Commands about the program itself. They read no configuration. */
export function addProgramCommands(program: Command, shell: CommandShell): void {
  const { version } = packageFile;
  shell
    .add(program, "version", "print the version")
    .action((options: JsonOption) =>
      shell.print(options, async () => ({ text: `muster ${version}`, data: { name: "muster", version } })),
    );
  program
    .command("completion")
    .description("print a script that completes commands and options in a shell")
    .addArgument(new Argument("<shell>", "the shell").choices(SHELLS))
    .action((name: Shell) => shell.deps.out(completionScript(name, describeProgram(program))));
}
