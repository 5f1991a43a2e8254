import { NewEnrolmentToken } from "@muster/shared/contracts/enrolment.ts";
import { Id } from "@muster/shared/ids.ts";
import { ENROLMENT_TOKEN_VARIABLE } from "@muster/shared/protocol/agent-protocol.ts";
import type { Command } from "commander";
import { commandLineActor } from "../identity/index.ts";
import { publicUrlOf } from "../platform/config/configuration.ts";
import type { CommandShell, JsonOption } from "./command-shell.ts";
import { readArguments, readNumber } from "./read-arguments.ts";
import { readOrganization, withOrganization } from "./organization-option.ts";
import { readAll } from "./read-all.ts";
import { textTable } from "./text-table.ts";
import { wholeOrganization } from "../platform/tenant.ts";

type OrgOption = JsonOption & { org?: string };
type CreateOptions = OrgOption & {
  name?: string;
  hours?: string;
  uses?: string;
  approval?: boolean;
  customer?: string;
  tag?: string[];
};

export function addTokenCommands(program: Command, shell: CommandShell): void {
  const token = program.command("token").description("enrolment tokens, with which machines join");
  const actor = commandLineActor(shell.deps.account);

  withOrganization(shell.add(token, "create", "create an enrolment token; it is shown only once"))
    .option("--name <name>", "purpose of the token")
    .option("--hours <number>", "hours until the token expires (default: 24)")
    .option("--uses <number>", "machines that the token may enrol, or unlimited (default: 1)")
    .option("--approval", "machines wait until a user approves them")
    .option("--customer <name>", "customer that the machines belong to")
    .option("--tag <tag>", "tag of the machines; can be given several times", collect)
    .action((options: CreateOptions) =>
      shell.run(options, async ({ identity, configuration }) => {
        const input = readArguments(NewEnrolmentToken, {
          name: options.name,
          validHours: readNumber("--hours", options.hours),
          maxUses: options.uses === "unlimited" ? null : readNumber("--uses", options.uses),
          needsApproval: options.approval,
          customer: options.customer,
          tags: options.tag,
        });
        const orgId = await readOrganization(identity, options.org);
        const made = await identity.enrolmentTokens.create(wholeOrganization(orgId), input, {
          actor,
          requestId: null,
        });
        const enrolLine = enrolLineOf(made.secret, publicUrlOf(configuration));
        return {
          data: { ...made.token, token: made.secret, secret: made.secret, enrolLine },
          text: `Id:       ${made.token.id}\nToken:    ${made.secret}   (shown only once)\nExpires:  ${made.token.expiresAt}\n\nOn the machine that joins, run:\n  ${enrolLine}\n  muster-agent run`,
        };
      }),
    );

  withOrganization(shell.add(token, "list", "list the enrolment tokens of an organization")).action(
    (options: OrgOption) =>
      shell.run(options, async ({ identity }) => {
        const orgId = await readOrganization(identity, options.org);
        const items = await readAll((query) =>
          identity.enrolmentTokens.list(wholeOrganization(orgId), query),
        );
        const rows = items.map(({ id, state, uses, usesLeft, expiresAt, name }) => [
          id,
          state,
          `${uses} of ${usesLeft === null ? "unlimited" : uses + usesLeft}`,
          expiresAt,
          name,
        ]);
        return { data: { items }, text: textTable(["ID", "STATE", "USED", "EXPIRES", "NAME"], rows) };
      }),
  );

  shell
    .add(token, "revoke <id>", "revoke an enrolment token; machines that joined with it stay")
    .action((given: string, options: JsonOption) =>
      shell.run(options, async ({ identity }) => {
        const id = readArguments(Id, given, { "": "the token" });
        await identity.enrolmentTokens.revokeAnywhere(id, { actor, requestId: null });
        return { data: { id, revoked: true }, text: `The enrolment token ${id} is revoked.` };
      }),
    );
}

/** The token is passed by the environment, because other users of the machine can see arguments. */
function enrolLineOf(secret: string, serverUrl: string): string {
  return `${ENROLMENT_TOKEN_VARIABLE}=${secret} muster-agent enrol --server ${serverUrl}`;
}

function collect(value: string, before: string[] = []): string[] {
  return [...before, value];
}
