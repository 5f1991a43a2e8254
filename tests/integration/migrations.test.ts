import { sql } from "kysely";
import { pino } from "pino";
import { describe, expect, test } from "vitest";
import { migrations } from "../../server/migrations/index.ts";
import { openStore } from "../../server/src/platform/database/open-store.ts";
import type { Store } from "../../server/src/platform/database/store.ts";
import { EARLIER_SCHEMAS, NUMBERED_BY_MODULE } from "../harness/earlier-schemas.ts";
import { insertRows, type UntypedDatabase } from "../harness/earlier-rows.ts";
import { DIALECTS, openTestStore } from "../harness/test-store.ts";

const names = migrations.map(({ name }) => name);
const log = pino({ level: "silent" });

describe("the list of migrations", () => {
  test("is in the order of its names, each name once", () => {
    expect(names).toEqual([...new Set(names)].toSorted());
  });

  test("gives a new migration the next number after the highest one, whatever its module", () => {
    const first = NUMBERED_BY_MODULE.length;
    expect(names.slice(0, first)).toEqual(NUMBERED_BY_MODULE);
    const numbers = names.slice(first).map((name) => Number(/^(\d{4})-[a-z0-9-]+$/.exec(name)?.[1]));
    expect(numbers).toEqual(numbers.map((_, index) => 35 + index));
  });

  test("ends with a schema whose upgrade is tested below", () => {
    expect(EARLIER_SCHEMAS.at(-1)).toBe(names.at(-1));
  });
});

describe.each(DIALECTS)("an upgrade on %s", (dialect) => {
  test.each(EARLIER_SCHEMAS)(
    "of a database that ends with %s gives the schema of a new one",
    async (newest) => {
      const earlier = await openTestStore(dialect, migrations.slice(0, names.indexOf(newest) + 1));
      const store = await openStore({ url: earlier.url, log, migrations });
      const fresh = await openTestStore(dialect);
      expect(await schemaOf(store)).toEqual(await schemaOf(fresh.store));
      await store.close();
      await earlier.remove();
      await fresh.remove();
    },
  );

  test.each(EARLIER_SCHEMAS)("of a database that ends with %s keeps its rows", async (newest) => {
    const earlier = await openTestStore(dialect, migrations.slice(0, names.indexOf(newest) + 1));
    await earlier.store.transaction((tx) => insertRows(tx as unknown as UntypedDatabase, dialect, newest));
    const store = await openStore({ url: earlier.url, log, migrations });
    const read = (table: string) =>
      (store.read as unknown as UntypedDatabase).selectFrom(table).selectAll().executeTakeFirst();
    const customer = await read("customers");
    expect(await read("devices")).toMatchObject({ id: "device", has_clone: 1 });
    if (newest < "0045") {
      expect(customer).toMatchObject({ org_id: "o", name: "ACME", version: 1 });
      expect(await read("devices")).toMatchObject({ customer_id: customer?.["id"], customer: "ACME" });
      expect(await read("enrolment_tokens")).toMatchObject({ customer_id: customer?.["id"] });
    }
    expect(await read("device_state")).toMatchObject({ last_seen_at: 7_000, previous_boots: "boot:5" });
    expect(await read("presence_clock")).toMatchObject({ observed_ms: 9_000 });
    if (newest < "0049") {
      const recorded = { device_no: 1, ended_at: null, state: "unknown" };
      expect(await read("presence_intervals")).toMatchObject(recorded);
      const { started_at } = (await read("presence_intervals")) ?? {};
      expect(await read("availability_marks")).toMatchObject({ device_no: 1, recorded_since: started_at });
    }
    expect(await read("presence_holds")).toMatchObject({ missed_from: 6_000, detected_at: 8_000 });
    expect(await read("journal")).toMatchObject({ id: 1, samples: Buffer.from("samples") });
    if (newest >= "0031") {
      expect(await read("api_keys")).toMatchObject({ legacy_grants: '["g"]', legacy_machine_id: "pc-1" });
      expect(await read("legacy_sessions")).toMatchObject({ secret_hash: "session", key_id: "key" });
      expect(await read("legacy_reports")).toMatchObject({ device_no: 1, body: "{}" });
      if (newest < "0043")
        expect(await read("action_batches")).toMatchObject({ type: "reboot", requester: "user:u1" });
      expect(await read("legacy_action_ids")).toMatchObject({ legacy_id: "o:pc-1:3", action_id: "action" });
    } else {
      expect(await read("api_keys")).toMatchObject({ legacy_grants: "[]", legacy_machine_id: null });
    }
    await store.close();
    await earlier.remove();
  });

  test("is refused, with what to do, where a migration sorts before one that was applied", async () => {
    const steps = [...migrations];
    const [skipped] = steps.splice(names.indexOf("0014-device-indexes"), 1);
    const earlier = await openTestStore(dialect, steps);
    const attempt = openStore({ url: earlier.url, log, migrations });
    await expect(attempt).rejects.toThrow(
      `The migration ${skipped?.name} sorts before ${names.at(-1)}, which this database has already.`,
    );
    await expect(attempt).rejects.toThrow("next number after the highest one");
    await earlier.remove();
  });
});

/** Every table with its columns and indexes, in the order of the names. */
async function schemaOf({ read, dialect }: Store) {
  const tables = await read.introspection.getTables();
  const indexes = await (dialect === "sqlite"
    ? sql<{
        line: string;
      }>`select lower(sql) as line from sqlite_schema where type = 'index' and sql is not null`
    : sql<{ line: string }>`select indexdef as line from pg_indexes where schemaname = 'public'`
  ).execute(read);
  return {
    tables: tables
      .map(({ name, columns }) => ({ name, columns: columns.map((column) => column.name).toSorted() }))
      .toSorted((one, other) => one.name.localeCompare(other.name)),
    indexes: indexes.rows.map(({ line }) => line).toSorted(),
  };
}
