import { type Kysely, sql } from "kysely";
import { createUuidV7Factory } from "../src/platform/crypto/ids.ts";
import { columnTypes } from "../src/platform/database/column-types.ts";
import type { Migration } from "../src/platform/database/migration.ts";
import type { Dialect } from "../src/platform/database/store.ts";

/** Customers become rows: every name on a device or a token becomes a customer. See decision 0130. */
export const customers: Migration = {
  name: "0045-customers",
  async up(db, dialect) {
    await createTable(db, dialect);
    for (const table of ["devices", "enrolment_tokens"]) {
      await db.schema
        .alterTable(table)
        .addColumn("customer_id", "text", (column) => column.references("customers.id"))
        .execute();
    }
    await moveNames(db, dialect);
    await db.schema.alterTable("enrolment_tokens").dropColumn("customer").execute();
    await db.schema.dropIndex("devices_customers").execute();
    await db.schema
      .createIndex("devices_by_customer_id")
      .on("devices")
      .columns(["customer_id"])
      .where(sql<boolean>`customer_id is not null`)
      .execute();
  },
};

async function createTable(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const { text, integer } = columnTypes(dialect);
  const sortable = dialect === "postgres" ? sql`text collate "C"` : text;
  await db.schema
    .createTable("customers")
    .addColumn("id", text, (column) => column.primaryKey())
    .addColumn("org_id", text, (column) => column.notNull().references("organizations.id"))
    .addColumn("name", text, (column) => column.notNull())
    .addColumn("name_key", text, (column) => column.notNull())
    .addColumn("name_sort", sortable, (column) => column.notNull())
    .addColumn("company", text)
    .addColumn("email", text)
    .addColumn("contacts", text, (column) => column.notNull())
    .addColumn("notes", text, (column) => column.notNull())
    .addColumn("search_text", text, (column) => column.notNull())
    .addColumn("archived_at", integer)
    .addColumn("version", integer, (column) => column.notNull())
    .addColumn("created_at", integer, (column) => column.notNull())
    .addColumn("updated_at", integer, (column) => column.notNull())
    .execute();
  const index = (name: string, columns: string[]) =>
    db.schema.createIndex(name).on("customers").columns(columns);
  await index("customers_by_key", ["org_id", "name_key"]).unique().execute();
  await index("customers_by_email", ["org_id", "email"]).unique().execute();
  await index("customers_by_name", ["org_id", "name_sort", "id"]).execute();
}

type UsedName = { org_id: string; spelling: string; uses: number | string };
type Spelling = { orgId: string; spelling: string; customerId: string; name: string };

async function moveNames(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const { text } = columnTypes(dialect);
  const { rows } = await sql<UsedName>`
    select org_id, customer as spelling, count(*) as uses from (
      select org_id, customer from devices union all select org_id, customer from enrolment_tokens
    ) as used where customer is not null group by org_id, customer
  `.execute(db);
  await db.schema
    .createTable("customer_spellings")
    .addColumn("org_id", text, (column) => column.notNull())
    .addColumn("spelling", text, (column) => column.notNull())
    .addColumn("customer_id", text, (column) => column.notNull())
    .addColumn("searched", text, (column) => column.notNull())
    .addColumn("found", text, (column) => column.notNull())
    .addPrimaryKeyConstraint("customer_spellings_key", ["org_id", "spelling"])
    .execute();
  for (const { orgId, spelling, customerId, name } of await insertCustomers(db, rows)) {
    const [searched, found] = [spelling, name].map((written) => `\n${foldCase(written)}\n`);
    await sql`
      insert into customer_spellings values (${orgId}, ${spelling}, ${customerId}, ${searched}, ${found})
    `.execute(db);
  }
  await sql`
    update devices set customer_id = c.id, customer = c.name, customer_sort = c.name_sort,
      search_text = replace(devices.search_text, s.searched, s.found)
    from customer_spellings s join customers c on c.id = s.customer_id
    where s.org_id = devices.org_id and s.spelling = devices.customer
  `.execute(db);
  await sql`
    update enrolment_tokens set customer_id = s.customer_id from customer_spellings s
    where s.org_id = enrolment_tokens.org_id and s.spelling = enrolment_tokens.customer
  `.execute(db);
  await db.schema.dropTable("customer_spellings").execute();
}

/** Names that differ only in case or white space are one customer, spelled as most of them are. Others never share a customer. */
async function insertCustomers(db: Kysely<unknown>, used: readonly UsedName[]): Promise<Spelling[]> {
  const makeId = createUuidV7Factory(Date.now);
  // By code points, so that both databases come to the same names.
  const ordered = used.toSorted((a, b) => (a.spelling < b.spelling ? -1 : 1));
  const groups = Map.groupBy(ordered, ({ org_id, spelling }) => `${org_id} ${foldCase(spaced(spelling))}`);
  const taken = new Set<string>();
  const spellings: Spelling[] = [];
  for (const group of groups.values()) {
    const [most] = group.toSorted((a, b) => Number(b.uses) - Number(a.uses));
    if (!most) continue;
    const [orgId, customerId] = [most.org_id, makeId()];
    const name = freeName(spaced(most.spelling), (key) => !taken.has(`${orgId} ${key}`));
    taken.add(`${orgId} ${nameKeyOf(name)}`);
    const now = Date.now();
    await sql`
      insert into customers (id, org_id, name, name_key, name_sort, contacts, notes, search_text, version, created_at, updated_at)
      values (${customerId}, ${orgId}, ${name}, ${nameKeyOf(name)}, ${naturalSortKey(name)}, '[]', '', ${nameKeyOf(name)}, 1,
        ${now}, ${now})
    `.execute(db);
    for (const { spelling } of group) spellings.push({ orgId, spelling, customerId, name });
  }
  return spellings;
}

function spaced(name: string): string {
  return name.replaceAll(/\s+/g, " ").trim() || name;
}

/** "Müller" beside "Muller" becomes "Müller (2)": names are unique without their accents. */
function freeName(name: string, isFree: (key: string) => boolean): string {
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? name : `${name} (${number})`;
    if (isFree(nameKeyOf(candidate))) return candidate;
  }
}

// As the server folds names at the time of this migration.

const MAX_SORT_KEY_LENGTH = 100;
const NUMBER_WIDTH = 10;

function foldCase(text: string): string {
  return text.normalize("NFKC").toLowerCase();
}

function naturalSortKey(text: string): string {
  const padded = foldCase(text).replaceAll(/\d+/g, (digits) => digits.padStart(NUMBER_WIDTH, "0"));
  return padded.slice(0, MAX_SORT_KEY_LENGTH).toWellFormed();
}

function nameKeyOf(name: string): string {
  const bare = name.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase();
  return bare.replaceAll(/\s+/gu, " ").trim().normalize("NFC");
}
