import { type ApiKey, NewApiKey } from "@muster/shared/contracts/identity.ts";
import { Id } from "@muster/shared/ids.ts";
import type { Command } from "commander";
import { commandLineActor } from "../identity/index.ts";
import type { CommandShell, JsonOption } from "./command-shell.ts";
import { readArguments, readNumber } from "./read-arguments.ts";
import { readOrganization, withOrganization } from "./organization-option.ts";
import { readAll } from "./read-all.ts";
import { textTable } from "./text-table.ts";

type OrgOption = JsonOption & { org?: string };
type CreateOptions = OrgOption & { name: string; scopes: string; days: string };

export function addKeyCommands(program: Command, shell: CommandShell): void {
  const key = program.command("key").description("API keys for scripts");
  const actor = commandLineActor(shell.deps.account);

  withOrganization(
    shell.add(key, "create", "make an API key with an operator's rights; it is shown this once"),
  )
    .requiredOption("--name <name>", "what it is for")
    .requiredOption("--scopes <list>", "of read, write, act, reboot and metrics, with commas between them")
    .option("--days <number>", "days until it expires, or never", "365")
    .action((options: CreateOptions) =>
      shell.run(options, async ({ identity }) => {
        const { name, scopes, days } = options;
        const validDays = days === "never" ? null : readNumber("--days", days);
        const wanted = readArguments(NewApiKey, { name, scopes: scopes.split(","), validDays });
        const orgId = await readOrganization(identity, options.org);
        const creator = { fixedRole: "operator", actor, requestId: null } as const;
        const made = await identity.apiKeys.create(orgId, wanted, creator);
        return {
          data: made,
          text: `Id:       ${made.key.id}\nAPI key:  ${made.secret}   (shown this once)\nExpires:  ${made.key.expiresAt ?? "never"}`,
        };
      }),
    );

  withOrganization(shell.add(key, "list", "show an organization's API keys")).action((options: OrgOption) =>
    shell.run(options, async ({ identity }) => {
      const orgId = await readOrganization(identity, options.org);
      const items = await readAll((query) => identity.apiKeys.list(orgId, query));
      const rows = items.map((item) => [
        item.id,
        item.prefix,
        stateOf(item, Date.now()),
        item.lastUsedAt ?? "never used",
        item.scopes.join(","),
        item.name,
      ]);
      return {
        data: { items },
        text: textTable(["ID", "BEGINS", "STATE", "LAST USED", "SCOPES", "NAME"], rows),
      };
    }),
  );

  shell
    .add(key, "revoke <id>", "end an API key for good; servers refuse it within a second")
    .action((given: string, options: JsonOption) =>
      shell.run(options, async ({ identity }) => {
        const id = readArguments(Id, given, { "": "the key" });
        await identity.apiKeys.revokeAnywhere(id, { actor, requestId: null });
        return { data: { id, revoked: true }, text: `The key ${id} is revoked.` };
      }),
    );
}

function stateOf({ revokedAt, expiresAt }: ApiKey, now: number): string {
  if (revokedAt !== null) return "revoked";
  if (expiresAt === null) return "valid";
  return Date.parse(expiresAt) <= now ? "expired" : `until ${expiresAt.slice(0, 10)}`;
}
