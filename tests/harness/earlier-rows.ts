import { type Kysely, sql } from "kysely";
import type { Dialect } from "../../server/src/platform/database/store.ts";

type Row = Record<string, string | number | Buffer | null>;

/** A database whose tables are those of an earlier day. */
export type UntypedDatabase = Kysely<Record<string, Row>>;

const NAMES = { hostname: "h", os_family: "linux", class_guess: "server", addresses: "", facts: "{}" };
const TEXTS = { notes: "", tags: "[]", name_sort: "h", customer_sort: "", search_text: "h" };
const PRESENCE = { connection: "online", connection_since: 1, shown: "online", attention_rank: 29 };

/** What 0035 renamed, by the earlier names of tables and columns. */
const RENAMED: Record<string, string> = {
  older_reports: "legacy_reports",
  older_action_ids: "legacy_action_ids",
  compat_sessions: "legacy_sessions",
  presence_watch: "presence_clock",
  has_twin: "has_clone",
  heard_at: "last_seen_at",
  previous_boot_id: "previous_boots",
  watched_ms: "observed_ms",
  silent_from: "missed_from",
  noticed_at: "detected_at",
  figures: "samples",
  older_id: "legacy_id",
  compat: "legacy_grants",
  compat_machine_id: "legacy_machine_id",
};

/** Puts a row, with the columns of its day, into every table that a later migration changes. `newest` ends the schema. */
export async function insertRows(db: UntypedDatabase, dialect: Dialect, newest: string): Promise<void> {
  const nameOf = (name: string) => (newest >= "0035" ? (RENAMED[name] ?? name) : name);
  const rowOf = (row: Row) =>
    Object.fromEntries(Object.entries(row).map(([name, value]) => [nameOf(name), value]));
  const insert = (table: string, row: Row) => db.insertInto(nameOf(table)).values(rowOf(row)).execute();
  const times = { created_at: 1, updated_at: 1 };
  await insert("organizations", {
    id: "o",
    name: "O",
    offline_after_s: 600,
    report_interval_s: 30,
    ...times,
  });
  await insert("devices", {
    id: "device",
    org_id: "o",
    machine_id: "m",
    has_twin: 1,
    reboot_required: 0,
    enrolled_at: 1,
    ...NAMES,
    ...TEXTS,
    ...PRESENCE,
    is_paused: 0,
    is_absent: 0,
    ...(newest < "0045" && { customer: "Acme" }),
  });
  if (newest < "0045") await insertToken(insert);
  await insert("device_state", {
    device_no: 1,
    org_id: "o",
    version: 1,
    heard_at: 7_000,
    interval_s: 30,
    boot_id: "now",
    previous_boot_id: "boot:5",
    status: "ok",
    held_level: 0,
  });
  await db
    .updateTable(nameOf("presence_watch"))
    .set(rowOf({ watched_ms: 9_000 }))
    .execute();
  const site: Row = newest >= "0068" ? { site: "", devices: 20 } : {};
  await insert("presence_holds", { org_id: "o", since: 1, silent_from: 6_000, noticed_at: 8_000, ...site });
  if (dialect === "postgres") {
    await sql`create table journal_0 partition of journal for values from (0) to (3600000)`.execute(db);
  }
  await insert("journal", { id: 1, device_no: 1, at: 1, received_at: 1, figures: Buffer.from("samples") });
  await insert("api_keys", {
    id: "key",
    org_id: "o",
    name: "K",
    prefix: "k",
    secret_hash: "key",
    scopes: "[]",
    creator_name: "A",
    created_at: 1,
    ...(newest >= "0031" && { compat: '["g"]', compat_machine_id: "pc-1" }),
  });
  if (newest >= "0031") await insertLegacyRows(insert);
}

/** A token whose customer is that of the device, written in another way. */
async function insertToken(insert: (table: string, row: Row) => Promise<unknown>): Promise<void> {
  await insert("enrolment_tokens", {
    id: "token",
    org_id: "o",
    name: "T",
    secret_hash: "token",
    creator_name: "A",
    created_at: 1,
    expires_at: 2,
    uses: 0,
    needs_approval: 0,
    customer: "ACME",
    tags: "[]",
  });
}

async function insertLegacyRows(insert: (table: string, row: Row) => Promise<unknown>): Promise<void> {
  await insert("compat_sessions", {
    secret_hash: "session",
    org_id: "o",
    key_id: "key",
    system: "dashfleet",
    expires_at: 9,
  });
  await insert("older_reports", { device_no: 1, org_id: "o", body: "{}" });
  await insert("action_batches", { id: "b", org_id: "o", request_digest: "", answer: "{}", asked_at: 1 });
  await insert("actions", {
    id: "action",
    org_id: "o",
    batch_id: "b",
    device_id: "device",
    type: "reboot",
    payload: "{}",
    state: "done",
    asked_by: '{"type":"user","name":"Ann","id":"u1"}',
    asked_at: 1,
    valid_until: 2,
    steps: "[]",
    changed_at: 1,
  });
  await insert("older_action_ids", { org_id: "o", older_id: "o:pc-1:3", action_id: "action" });
}
