import {
  Contact,
  type Customer,
  type CustomerDetail,
  type NewCustomer,
} from "@muster/shared/contracts/customer.ts";
import { naturalSortKey } from "@muster/shared/natural-order.ts";
import { terminalLine } from "@muster/shared/unsafe-characters.ts";
import { nameKeyOf } from "@muster/shared/name-key.ts";
import { toInstant, toNullableInstant } from "../../platform/instant.ts";
import type { CustomersTable } from "../fleet.tables.ts";

const MAX_SEARCHED_LENGTH = 4_096;

/** The columns that follow from what a user enters. */
export function columnsOf(
  input: NewCustomer,
): Omit<
  CustomersTable,
  "id" | "org_id" | "archived_at" | "version" | "created_at" | "updated_at" | "updated_by"
> {
  const name = input.name.replaceAll(/\s+/gu, " ");
  return {
    name,
    name_key: nameKeyOf(name),
    name_sort: naturalSortKey(name),
    company: input.company,
    email: input.email,
    contacts: JSON.stringify(input.contacts),
    notes: input.notes,
    search_text: searchTextOf({ ...input, name }),
  };
}

export function searchTextOf({
  name,
  company,
  email,
  contacts,
}: Pick<NewCustomer, "name" | "company" | "email" | "contacts">): string {
  const found = [name, company, email, ...contacts.flatMap((contact) => [contact.name, contact.email])];
  return found
    .filter((text) => text !== null)
    .map(nameKeyOf)
    .join("\n")
    .slice(0, MAX_SEARCHED_LENGTH)
    .toWellFormed();
}

function readContacts(row: Pick<CustomersTable, "contacts">): Contact[] {
  return Contact.array().parse(JSON.parse(row.contacts));
}

/** What a user entered, as it is stored. */
export function inputOf(row: CustomersTable): NewCustomer {
  const { name, company, email, notes } = row;
  return { name, company, email, notes, contacts: readContacts(row) };
}

export function toCustomer(row: CustomersTable, devices: number): Customer {
  return {
    id: row.id,
    name: row.name,
    company: row.company,
    email: row.email,
    devices,
    archivedAt: toNullableInstant(row.archived_at),
    version: row.version,
    createdAt: toInstant(row.created_at),
    updatedAt: toInstant(row.updated_at),
    updatedBy: row.updated_by === null ? null : terminalLine(row.updated_by),
  };
}

export function toCustomerDetail(row: CustomersTable, devices: number): CustomerDetail {
  return { ...toCustomer(row, devices), contacts: readContacts(row), notes: row.notes };
}
