import { type Kysely, sql } from "kysely";
import { columnTypes } from "../src/platform/database/column-types.ts";
import type { Migration } from "../src/platform/database/migration.ts";

/** A search finds models, hardware addresses, versions and notes, and ignores accents. */
export const deviceSearch: Migration = {
  name: "0048-device-search",
  async up(db, dialect) {
    const { text } = columnTypes(dialect);
    await db.schema.alterTable("devices").addColumn("model", text).execute();
    await db.schema
      .alterTable("devices")
      .addColumn("macs", text, (column) => column.notNull().defaultTo(""))
      .execute();
    for (let after = -1; ; ) {
      const rows = await readRows(db, after);
      for (const row of rows) await update(db, row);
      const last = rows.at(-1);
      if (!last) return;
      after = Number(last.device_no);
    }
  },
};

const DEVICES_PER_READ = 200;

type Row = {
  device_no: number | string;
  label: string | null;
  hostname: string;
  user_name: string | null;
  serial: string | null;
  customer: string | null;
  tags: string;
  os_name: string | null;
  agent_version: string | null;
  notes: string;
  addresses: string;
  body: string | null;
};
type Body = { hardware?: { model?: string }; networkInterfaces?: { mac?: string | null }[] };

async function readRows(db: Kysely<unknown>, after: number): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select d.device_no, d.label, d.hostname, d.user_name, d.serial, d.customer, d.tags, d.os_name, d.agent_version, d.notes, d.addresses, i.body
    from devices d left join device_inventory i on i.device_no = d.device_no
    where d.device_no > ${after} order by d.device_no limit ${sql.lit(DEVICES_PER_READ)}
  `.execute(db);
  return rows;
}

async function update(db: Kysely<unknown>, row: Row): Promise<void> {
  const body: Body = row.body === null ? {} : JSON.parse(row.body);
  const tags: string[] = JSON.parse(row.tags);
  const model = body.hardware?.model ?? null;
  const macs = [...new Set((body.networkInterfaces ?? []).flatMap(({ mac }) => (mac ? [mac] : [])))].slice(
    0,
    64,
  );
  const found = [
    row.label ?? row.hostname,
    row.hostname,
    row.user_name,
    row.serial,
    row.customer,
    ...tags,
    model,
    row.os_name,
    row.agent_version,
    ...macs,
    row.notes.slice(0, 2_000),
    ...row.addresses.split("\n"),
  ];
  const searched = found
    .flatMap((part) => (part ? [fold(part.slice(0, 8_192))] : []))
    .join("\n")
    .slice(0, 8_192)
    .toWellFormed();
  await sql`
    update devices set model = ${model}, macs = ${macs.join("\n")}, search_text = ${searched} where device_no = ${row.device_no}
  `.execute(db);
}

/** As searches fold at the time of this step. */
function fold(text: string): string {
  return text
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/\s+/gu, " ")
    .trim()
    .normalize("NFC");
}
