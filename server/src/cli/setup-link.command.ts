import type { Command } from "commander";
import { publicUrlOf } from "../platform/config/configuration.ts";
import { MusterError } from "../platform/errors.ts";
import type { CommandShell, JsonOption } from "./command-shell.ts";

export function addSetupLinkCommand(program: Command, shell: CommandShell): void {
  shell
    .add(program, "setup-link", "make another link to set this server up, while nobody owns it")
    .action((options: JsonOption) =>
      shell.run(options, async ({ identity, configuration }) => {
        const secret = await identity.setup.createLink();
        if (secret === null)
          throw new MusterError("conflict", "This server is set up: it has an owner already.");
        const url = `${publicUrlOf(configuration)}/setup/${secret}`;
        return { data: { url }, text: `Open this within an hour; it works once:\n  ${url}` };
      }),
    );
}
