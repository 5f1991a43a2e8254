import { NewApiKey, OrganizationChange } from "@muster/shared/contracts/identity.ts";
import type { Command } from "commander";
import { commandLineActor } from "../identity/index.ts";
import type { CommandShell, JsonOption } from "./command-shell.ts";
import { readArguments } from "./read-arguments.ts";
import { textTable } from "./text-table.ts";

const NewOrganization = OrganizationChange.pick({ name: true }).required();

export function addOrgCommands(program: Command, shell: CommandShell): void {
  const org = program.command("org").description("organizations, each a tenant of its own");
  const actor = commandLineActor(shell.deps.account);

  shell
    .add(org, "create <name>", "make an organization, and an operator's API key for it")
    .addHelpText(
      "after",
      "\nThe key has the scopes read, write, act and reboot, and works on DashFleet's routes as well, for its dashboard and its agents.\nIt is shown this once.\nOn an empty data folder this makes the database and the master key, as the server's first start does.",
    )
    .action((given: string, options: JsonOption) =>
      shell.run(
        options,
        async ({ identity }) => {
          const { name } = readArguments(NewOrganization, { name: given }, { name: "the name" });
          const { id: orgId } = await identity.organizations.create(name, actor);
          const wanted = NewApiKey.parse({
            name: "Command line",
            scopes: ["read", "write", "act", "reboot"],
            validDays: null,
          });
          const creator = { fixedRole: "operator", actor, requestId: null } as const;
          const { secret } = await identity.apiKeys.create(orgId, wanted, creator, [
            "dashfleet-operator",
            "dashfleet-agent",
          ]);
          return {
            data: { orgId, apiKey: secret },
            text: `Made the organization ${name}.\nId:       ${orgId}\nAPI key:  ${secret}   (an operator's; shown this once)`,
          };
        },
        { mayInitialize: true },
      ),
    );

  shell.add(org, "list", "show all organizations").action((options: JsonOption) =>
    shell.run(options, async ({ identity }) => {
      const items = await identity.organizations.list();
      const rows = items.map(({ id, name, createdAt }) => [
        id,
        createdAt.slice(0, 10),
        name ?? "(not set up yet)",
      ]);
      return { data: { items }, text: textTable(["ID", "CREATED", "NAME"], rows) };
    }),
  );
}
