import { type ApiKey, LegacyGrant, NewApiKey, NewLegacyKey } from "@muster/shared/contracts/identity.ts";
import { Id } from "@muster/shared/ids.ts";
import type { Command } from "commander";
import { commandLineActor, type Identity, type KeyCreator } from "../identity/index.ts";
import { type CommandResult, UsageError } from "./command-result.ts";
import type { CommandShell, JsonOption } from "./command-shell.ts";
import { readArguments, readNumber } from "./read-arguments.ts";
import { readOrganization, withOrganization } from "./organization-option.ts";
import { readAll } from "./read-all.ts";
import { textTable } from "./text-table.ts";

type OrgOption = JsonOption & { org?: string };
type CreateOptions = OrgOption & {
  name?: string;
  scopes?: string;
  days?: string;
  compat?: string[];
  machine?: string;
  customer?: string[];
};

export function addKeyCommands(program: Command, shell: CommandShell): void {
  const key = program.command("key").description("API keys for scripts");
  const actor = commandLineActor(shell.deps.account);

  withOrganization(
    shell.add(key, "create", "create an API key with an operator's rights; it is shown only once"),
  )
    .option("--name <name>", "purpose of the key")
    .option("--scopes <list>", "comma-separated list of read, write, act, reboot and metrics")
    .option("--days <number>", "days until the key expires, or never (default: 365)")
    .option(
      "--compat <grant...>",
      `instead of scopes: grants for a legacy system's agents or dashboard (${LegacyGrant.options.join(", ")})`,
    )
    .option("--customer <id...>", "customers that the key is limited to (default: no limit)")
    .option("--machine <id>", "with --compat: the only machine that the key may report for")
    .action((options: CreateOptions) =>
      shell.run(options, async ({ identity }) => {
        const creator = { fixedRole: "operator", actor, requestId: null } as const;
        if (options.compat) return createLegacyKey(identity, options, options.compat, creator);
        const input = readNewApiKey(options);
        const orgId = await readOrganization(identity, options.org);
        const made = await identity.apiKeys.create(orgId, input, creator);
        return {
          data: keyData(made),
          text: `Id:       ${made.key.id}\nAPI key:  ${made.secret}   (shown only once)\nExpires:  ${made.key.expiresAt ?? "never"}`,
        };
      }),
    );

  withOrganization(shell.add(key, "list", "list the API keys of an organization")).action(
    (options: OrgOption) =>
      shell.run(options, async ({ identity }) => {
        const orgId = await readOrganization(identity, options.org);
        const items = await readAll((query) => identity.apiKeys.list(orgId, query));
        const rows = items.map((item) => [
          item.id,
          item.prefix,
          stateOf(item, Date.now()),
          item.lastUsedAt ?? "never used",
          [...item.scopes, ...item.compat].join(","),
          item.name,
        ]);
        return {
          data: { items },
          text: textTable(["ID", "BEGINS", "STATE", "LAST USED", "SCOPES", "NAME"], rows),
        };
      }),
  );

  shell
    .add(key, "revoke <id>", "revoke an API key; servers reject it within a second")
    .action((given: string, options: JsonOption) =>
      shell.run(options, async ({ identity }) => {
        const id = readArguments(Id, given, { "": "the key" });
        await identity.apiKeys.revokeAnywhere(id, { actor, requestId: null });
        return { data: { id, revoked: true }, text: `The key ${id} is revoked.` };
      }),
    );
}

function readNewApiKey({ name, scopes, days = "365", machine, customer }: CreateOptions): NewApiKey {
  if (name === undefined || scopes === undefined) {
    throw new UsageError("Give --name and --scopes, or --compat for a legacy system's key.");
  }
  if (machine !== undefined) throw new UsageError("--machine needs --compat.");
  const validDays = days === "never" ? null : readNumber("--days", days);
  return readArguments(
    NewApiKey,
    { name, scopes: scopes.split(","), validDays, customerIds: customer ?? null },
    { customerIds: "--customer" },
  );
}

async function createLegacyKey(
  identity: Identity,
  { name, scopes, days, machine, org, customer }: CreateOptions,
  grants: readonly string[],
  creator: KeyCreator,
): Promise<CommandResult> {
  if (scopes !== undefined || days !== undefined) {
    throw new UsageError("A key with --compat has no --scopes and no --days: it works until it is revoked.");
  }
  if (customer !== undefined) {
    throw new UsageError("A key with --compat has no --customer: it is for machines that have none.");
  }
  const given = { name: name ?? grants.join(", "), grants, machineId: machine ?? null };
  const input = readArguments(NewLegacyKey, given, { grants: "--compat", machineId: "--machine" });
  const orgId = await readOrganization(identity, org);
  const { key, secret } = await identity.apiKeys.createLegacy(orgId, input, creator);
  return {
    data: keyData({ key, secret }),
    text: `Id:       ${key.id}\nAPI key:  ${secret}   (shown only once; ${key.compat.join(" and ")})`,
  };
}

/** `id`, `apiKey` and `expiresAt` are what scripts read; `key` and `secret` are the same in detail. */
function keyData(made: { key: ApiKey; secret: string }): Record<string, unknown> {
  const { id, expiresAt } = made.key;
  return { id, apiKey: made.secret, expiresAt, ...made };
}

function stateOf({ revokedAt, expiresAt }: ApiKey, now: number): string {
  if (revokedAt !== null) return "revoked";
  if (expiresAt === null) return "valid";
  return Date.parse(expiresAt) <= now ? "expired" : `until ${expiresAt.slice(0, 10)}`;
}
