import type { Command } from "commander";
import { publicUrlOf } from "../platform/config/configuration.ts";
import { MusterError } from "../platform/errors.ts";
import type { CommandShell, JsonOption } from "./command-shell.ts";

export function addSetupLinkCommand(program: Command, shell: CommandShell): void {
  shell
    .add(program, "setup-link", "create a new link to set up this server, while it has no owner")
    .action((options: JsonOption) =>
      shell.run(options, async ({ identity, configuration }) => {
        const secret = await identity.setup.createLink();
        if (secret === null)
          throw new MusterError("conflict", "This server is set up already: it has an owner.");
        const url = `${publicUrlOf(configuration)}/setup/${secret}`;
        return { data: { url }, text: `Open this link within one hour. It works once:\n  ${url}` };
      }),
    );
}
