import { NewApiKey, OrganizationChange } from "@muster/shared/contracts/identity.ts";
import type { Command } from "commander";
import { commandLineActor } from "../identity/index.ts";
import type { CommandShell, JsonOption } from "./command-shell.ts";
import { readArguments } from "./read-arguments.ts";
import { textTable } from "./text-table.ts";

const NewOrganization = OrganizationChange.pick({ name: true }).required();

export function addOrgCommands(program: Command, shell: CommandShell): void {
  const org = program.command("org").description("organizations (tenants)");
  const actor = commandLineActor(shell.deps.account);

  shell
    .add(org, "create <name>", "create an organization and an operator's API key for it")
    .addHelpText(
      "after",
      "\nThe key has the scopes read, write, act and reboot. It also works on DashFleet's routes, for its dashboard and its agents.\nIt is shown only once.\nIn an empty data folder, this creates the database and the master key, like the first start of the server.",
    )
    .action((given: string, options: JsonOption) =>
      shell.run(
        options,
        async ({ identity }) => {
          const { name } = readArguments(NewOrganization, { name: given }, { name: "the name" });
          const { id: orgId } = await identity.organizations.create(name, actor);
          const input = NewApiKey.parse({
            name: "Command line",
            scopes: ["read", "write", "act", "reboot"],
            validDays: null,
          });
          const creator = { fixedRole: "operator", actor, requestId: null } as const;
          const { secret } = await identity.apiKeys.create(orgId, input, creator, [
            "dashfleet-operator",
            "dashfleet-agent",
          ]);
          return {
            data: { orgId, apiKey: secret },
            text: `Created the organization ${name}.\nId:       ${orgId}\nAPI key:  ${secret}   (operator key; shown only once)`,
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
