import {
  CustomerChange,
  type CustomerDetail,
  CustomerListQuery,
  NewCustomer,
} from "@muster/shared/contracts/customer.ts";
import { Id } from "@muster/shared/ids.ts";
import { terminalLine } from "@muster/shared/unsafe-characters.ts";
import type { Command } from "commander";
import { commandLineActor } from "../identity/index.ts";
import { wholeOrganization } from "../platform/tenant.ts";
import type { CommandShell, JsonOption } from "./command-shell.ts";
import { readOrganization, withOrganization } from "./organization-option.ts";
import { readAll } from "./read-all.ts";
import { readArguments } from "./read-arguments.ts";
import { textTable } from "./text-table.ts";

type OrgOption = JsonOption & { org?: string };
type Fields = { name?: string; company?: string; email?: string; notes?: string };
type ListOptions = OrgOption & { search?: string; archived?: boolean };

export function addCustomerCommands(program: Command, shell: CommandShell): void {
  const customer = program.command("customer").description("customers, whose devices you manage");
  const by = { actor: commandLineActor(shell.deps.account), requestId: null };

  withFields(withOrganization(shell.add(customer, "create <name>", "create a customer"))).action(
    (name: string, options: OrgOption & Fields) =>
      shell.run(options, async ({ identity, customers }) => {
        const input = readArguments(NewCustomer, { ...fieldsOf(options), name }, { name: "the name" });
        const orgId = await readOrganization(identity, options.org);
        const made = await customers.create(orgId, input, by);
        return { data: { customer: made }, text: textOf(made) };
      }),
  );

  withOrganization(shell.add(customer, "list", "list the customers of an organization"))
    .option("--search <text>", "only those whose name, company, e-mail address or contacts contain it")
    .option("--archived", "archived customers instead")
    .action((options: ListOptions) =>
      shell.run(options, async ({ identity, customers }) => {
        const tenant = wholeOrganization(await readOrganization(identity, options.org));
        const { search, archived = false } = options;
        const query = readArguments(CustomerListQuery, { search, archived: String(archived) });
        const items = await readAll((page) => customers.list(tenant, { ...query, ...page }));
        const rows = items.map(({ id, devices, name }) => [id, String(devices), terminalLine(name)]);
        return { data: { items }, text: textTable(["ID", "DEVICES", "NAME"], rows) };
      }),
    );

  withOrganization(shell.add(customer, "show <id>", "show a customer with contacts and notes")).action(
    (given: string, options: OrgOption) =>
      shell.run(options, async ({ identity, customers }) => {
        const tenant = wholeOrganization(await readOrganization(identity, options.org));
        const found = await customers.get(tenant, readId(given));
        return { data: { customer: found }, text: textOf(found) };
      }),
  );

  withFields(withOrganization(shell.add(customer, "change <id>", "change a customer")))
    .option("--name <name>", "new name, also on its devices")
    .action((given: string, options: OrgOption & Fields) =>
      shell.run(options, async ({ identity, customers }) => {
        const change = readArguments(CustomerChange, fieldsOf(options));
        const tenant = wholeOrganization(await readOrganization(identity, options.org));
        const changed = await customers.change(tenant, readId(given), { change, version: null }, by);
        return { data: { customer: changed }, text: textOf(changed) };
      }),
    );
  addAdministration(customer, shell, by);
}

function addAdministration(
  customer: Command,
  shell: CommandShell,
  by: { actor: ReturnType<typeof commandLineActor>; requestId: null },
): void {
  for (const [verb, isArchived, description] of [
    ["archive", true, "take a customer off the lists; its devices stay as they are"],
    ["restore", false, "put an archived customer back"],
  ] as const) {
    withOrganization(shell.add(customer, `${verb} <id>`, description)).action(
      (given: string, options: OrgOption) =>
        shell.run(options, async ({ identity, customers }) => {
          const orgId = await readOrganization(identity, options.org);
          const changed = await customers.setArchived(orgId, readId(given), isArchived, by);
          return { data: { customer: changed }, text: textOf(changed) };
        }),
    );
  }

  withOrganization(shell.add(customer, "merge <id>", "move everything of a customer to another one"))
    .requiredOption("--into <id>", "the customer that remains")
    .action((given: string, options: OrgOption & { into: string }) =>
      shell.run(options, async ({ identity, mergeCustomers }) => {
        const into = readArguments(Id, options.into, { "": "--into" });
        const orgId = await readOrganization(identity, options.org);
        const merged = await mergeCustomers(orgId, readId(given), into, by);
        return { data: { customer: merged }, text: textOf(merged) };
      }),
    );

  withOrganization(
    shell.add(customer, "delete <id>", "delete a customer without devices, valid tokens and limits"),
  ).action((given: string, options: OrgOption) =>
    shell.run(options, async ({ identity, customers }) => {
      const id = readId(given);
      await customers.remove(await readOrganization(identity, options.org), id, by);
      return { data: { id, deleted: true }, text: `The customer ${id} is deleted.` };
    }),
  );
}

function withFields(command: Command): Command {
  return command
    .option("--company <name>", "registered name of the company")
    .option("--email <address>", "e-mail address")
    .option("--notes <text>", "notes");
}

/** Only the fields that are given: the others stay as they are. */
function fieldsOf({ name, company, email, notes }: Fields): Record<string, string> {
  const fields = Object.entries({ name, company, email, notes });
  return Object.fromEntries(fields.flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])));
}

function readId(given: string): string {
  return readArguments(Id, given, { "": "the customer" });
}

function textOf({ id, name, company, email, devices, archivedAt }: CustomerDetail): string {
  const lines = [
    ["Id", id],
    ["Name", terminalLine(name)],
    ["Company", company === null ? null : terminalLine(company)],
    ["E-mail", email],
    ["Devices", String(devices)],
    ["Archived", archivedAt],
  ];
  return lines.flatMap(([label, value]) => (value ? [`${`${label}:`.padEnd(10)}${value}`] : [])).join("\n");
}
