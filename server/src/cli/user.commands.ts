import { Email, NewUser, Password } from "@muster/shared/contracts/identity.ts";
import { terminalLine } from "@muster/shared/unsafe-characters.ts";
import type { Command } from "commander";
import { commandLineActor } from "../identity/index.ts";
import type { CommandShell, JsonOption } from "./command-shell.ts";
import { readArguments } from "./read-arguments.ts";
import { readOrganization, withOrganization } from "./organization-option.ts";
import { readAll } from "./read-all.ts";
import { readPassword } from "./read-password.ts";
import { textTable } from "./text-table.ts";

const PASSWORD_STDIN = [
  "--password-stdin",
  "read the password from standard input; by default one is generated and shown only once",
] as const;

type OrgOption = JsonOption & { org?: string };
type CreateOptions = OrgOption & {
  email: string;
  name: string;
  role: string;
  customer?: string[];
  passwordStdin?: boolean;
};

export function addUserCommands(program: Command, shell: CommandShell): void {
  const user = program.command("user").description("users and their roles");
  const actor = commandLineActor(shell.deps.account);
  const { readStdin } = shell.deps;

  withOrganization(shell.add(user, "create", "add a user to an organization"))
    .requiredOption("--email <address>", "e-mail address to sign in with")
    .requiredOption("--name <name>", "name of the user")
    .requiredOption("--role <role>", "viewer, operator, admin or owner")
    .option("--customer <id...>", "customers that the user is limited to (default: no limit)")
    .option(...PASSWORD_STDIN)
    .addHelpText(
      "after",
      "\nAn account that already exists in another organization keeps its name and password.",
    )
    .action((options: CreateOptions) =>
      shell.run(options, async ({ identity }) => {
        const { email, name, role } = options;
        const { password, isGenerated } = await readPassword(options, readStdin);
        const customerIds = options.customer ?? null;
        const given = { email, name, role, password, customerIds };
        const input = readArguments(NewUser, given, { customerIds: "--customer" });
        const orgId = await readOrganization(identity, options.org);
        const authority = { kind: "command-line", actor, requestId: null } as const;
        const made = await identity.users.create(orgId, input, authority);
        const isShown = isGenerated && !made.hadAccount;
        const lines = [
          `${terminalLine(made.user.name)} (${made.user.email}) is now ${made.user.role} of this organization.`,
          ...(made.hadAccount ? ["The account existed already and keeps its name and password."] : []),
          ...(isShown ? [`Password:  ${password}   (shown only once)`] : []),
        ];
        return {
          data: { user: made.user, hadAccount: made.hadAccount, ...(isShown && { password }) },
          text: lines.join("\n"),
        };
      }),
    );

  withOrganization(shell.add(user, "list", "list the users of an organization")).action(
    (options: OrgOption) =>
      shell.run(options, async ({ identity }) => {
        const orgId = await readOrganization(identity, options.org);
        const items = await readAll((query) => identity.users.list(orgId, query));
        const rows = items.map(({ email, role, lastLoginAt, name }) => [
          email,
          role,
          lastLoginAt ?? "never",
          name,
        ]);
        return { data: { items }, text: textTable(["E-MAIL", "ROLE", "LAST SIGNED IN", "NAME"], rows) };
      }),
  );

  for (const [verb, isServerAdmin] of [
    ["grant", true],
    ["revoke", false],
  ] as const) {
    shell
      .add(
        user,
        `${verb}-server-admin <email>`,
        isServerAdmin
          ? "let a user see what concerns the whole server, as its metrics"
          : "take this right away; their keys for metrics stop working",
      )
      .action((given: string, options: JsonOption) =>
        shell.run(options, async ({ identity }) => {
          const email = readArguments(Email, given, { "": "the e-mail address" });
          await identity.serverAdmins.set(email, isServerAdmin, actor);
          return {
            data: { email, serverAdmin: isServerAdmin },
            text: `${email} is ${isServerAdmin ? "now" : "no longer"} an administrator of this server.`,
          };
        }),
      );
  }

  shell
    .add(user, "reset-password <email>", "set a new password for a user; all their sessions end")
    .option(...PASSWORD_STDIN)
    .action((given: string, options: JsonOption & { passwordStdin?: boolean }) =>
      shell.run(options, async ({ identity }) => {
        const email = readArguments(Email, given, { "": "the e-mail address" });
        const { password, isGenerated } = await readPassword(options, readStdin);
        await identity.passwords.reset(
          email,
          readArguments(Password, password, { "": "the password" }),
          actor,
        );
        const shown = isGenerated ? `\nPassword:  ${password}   (shown only once)` : "";
        return {
          data: { email, ...(isGenerated && { password }) },
          text: `${email} has a new password and is signed out everywhere.${shown}`,
        };
      }),
    );
}
